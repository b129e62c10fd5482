import type { Route } from "../../route.ts";
import { linkRoutes } from "./sign-in-link.tsx";
import { signInRoutes } from "./sign-in-page.tsx";
import { signOutRoute } from "./sign-out.ts";
import { waitingRoute } from "./waiting-page.tsx";

/** Who gets in, and out. */
export const accessRoutes: readonly Route[] = [...signInRoutes, ...linkRoutes, signOutRoute, waitingRoute];
