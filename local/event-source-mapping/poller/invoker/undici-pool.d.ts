/** Undici's pool without the rest of its package: fetch, WebSockets and caches double the time to load it. */
declare module 'undici/lib/dispatcher/pool.js' {
  import { Pool } from 'undici';

  export default Pool;
}
