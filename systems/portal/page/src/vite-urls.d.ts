/** What the bundler makes of an address with `?url`: where the file is served. */
declare module '*?url' {
  const url: string;
  export default url;
}
