import type { Route } from "../../route.ts";
import { accountList } from "./account-list.tsx";
import { accountActs, accountRoute } from "./account-page.tsx";
import { apiKeyActs, apiKeysRoute } from "./api-keys-page.tsx";
import { inviteRoutes } from "./invite-page.tsx";
import { journal } from "./journal-list.tsx";
import { notificationRoutes } from "./notifications-page.tsx";
import { ownAccountActs, ownAccountRoute } from "./own-account-page.tsx";
import { secondFactorRoutes } from "./second-factor-page.tsx";

/** Routes of accounts, the audit trail and the visitor's own account. `/comptes/:personne` comes after the other paths that it matches. */
export const accountRoutes: readonly Route[] = [
  ...accountList,
  ...inviteRoutes,
  apiKeysRoute,
  ...apiKeyActs,
  accountRoute,
  ...accountActs,
  ...journal,
  ownAccountRoute,
  ...ownAccountActs,
  ...secondFactorRoutes,
  ...notificationRoutes,
];
