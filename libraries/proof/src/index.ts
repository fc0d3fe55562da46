/** What stands on paper so that anybody can check it. */
export {};
