import type { Route } from "../../route.ts";
import { codeRoutes } from "./code-page.tsx";
import { externalRoutes } from "./external-sign-in.ts";
import { keyActs, keysRoute } from "./keys-page.tsx";
import { linkRoutes } from "./sign-in-link.tsx";
import { signInRoutes, waitingRoute } from "./sign-in-page.tsx";
import { signOutRoute } from "./sign-out.tsx";

/** Sign-in, sign-out, and keys of publishers' servers. */
export const accessRoutes: readonly Route[] = [
  ...signInRoutes,
  ...codeRoutes,
  ...linkRoutes,
  ...externalRoutes,
  signOutRoute,
  waitingRoute,
  keysRoute,
  ...keyActs,
];
