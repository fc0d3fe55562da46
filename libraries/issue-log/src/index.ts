/** The log of issues (filled below). */
export {};
