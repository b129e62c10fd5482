import type { Route } from "../../route.ts";
import { colleaguesExternalSignIn } from "./colleagues-external-sign-in.ts";
import { externalSignInRoutes } from "./external-sign-in.tsx";
import { keyActs, keysRoute } from "./keys-page.tsx";
import { linkRoutes } from "./sign-in-link.tsx";
import { signInRoutes, waitingRoute } from "./sign-in-page.tsx";

/** Sign-in, sign-out, and keys of publishers' servers. */
export const accessRoutes: readonly Route[] = [
  ...signInRoutes,
  ...linkRoutes,
  ...externalSignInRoutes(colleaguesExternalSignIn),
  waitingRoute,
  keysRoute,
  ...keyActs,
];
