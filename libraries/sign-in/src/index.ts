/** Staff sign in by OpenID Connect. */
export {};
