import { actRoute, pageRoute, type Route } from "../../route.ts";
import { confirmApply, performApply } from "./apply-plan.tsx";
import { performRequest, performWithdrawal } from "./apply-request.tsx";
import { performFollow, performWithoutFields } from "./cure-feed.tsx";
import { confirmDiscard, performDiscard } from "./discard-plan.tsx";
import { missingAidList } from "./missing-aids.tsx";
import { planList } from "./plan-list.tsx";
import { planPage } from "./plan-page.tsx";
import { remarkList } from "./plan-remarks.tsx";
import { performUndo } from "./undo-plan.tsx";

export const planRoutes: readonly Route[] = [
  ...planList,
  ...remarkList,
  ...missingAidList,
  pageRoute("/plans/:plan", "read", planPage),
  pageRoute("/plans/:plan/appliquer", "bizdev", confirmApply),
  actRoute("/plans/:plan/appliquer", { who: "bizdev", act: "plan.apply" }, performApply),
  actRoute("/plans/:plan/suivre", { who: "bizdev", act: "plan.follow" }, performFollow),
  actRoute("/plans/:plan/sauf-champs", { who: "bizdev", act: "plan.apply-without-fields" }, performWithoutFields),
  pageRoute("/plans/:plan/ecarter", "bizdev", confirmDiscard),
  actRoute("/plans/:plan/ecarter", { who: "bizdev", act: "plan.discard" }, performDiscard),
  actRoute("/plans/:plan/demander", { who: "bizdev", act: "plan.request-apply" }, performRequest),
  actRoute("/plans/:plan/retirer-demande", { who: "bizdev", act: "plan.withdraw-request" }, performWithdrawal),
  actRoute("/plans/:plan/defaire", { who: "bizdev", act: "plan.undo" }, performUndo),
];
