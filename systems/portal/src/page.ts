/** The built page and the headers that it is served with, for whoever measures it. */
export { headersOf } from './public-server/headers.ts';
export { builtPage } from './public-server/serve-public.ts';
