import type { Route } from "../../route.ts";
import { accountActs } from "./account-acts.ts";
import { accountList } from "./account-list.tsx";
import { accountRoute } from "./account-page.tsx";
import { inviteRoutes } from "./invite-page.tsx";
import { journal } from "./journal-list.tsx";
import { ownAccountActs } from "./own-account-acts.ts";
import { ownAccountRoute } from "./own-account-page.tsx";

/** Who may use the console, what they did, and what each sees of their own account. `/comptes/nouveau` goes before `/comptes/:personne`. */
export const accountRoutes: readonly Route[] = [
  ...accountList,
  ...inviteRoutes,
  accountRoute,
  ...accountActs,
  ...journal,
  ownAccountRoute,
  ...ownAccountActs,
];
