import type { Route } from "../../route.ts";
import { confirmApply, performApply } from "./apply-plan.tsx";
import { confirmDiscard, performDiscard } from "./discard-plan.tsx";
import { planList } from "./plan-list.tsx";
import { planPage } from "./plan-page.tsx";
import { remarkList } from "./plan-remarks.tsx";
import { performUndo } from "./undo-plan.tsx";

export const planRoutes: readonly Route[] = [
  ...planList,
  ...remarkList,
  { method: "get", path: "/plans/:plan", who: "read", answer: planPage },
  { method: "get", path: "/plans/:plan/appliquer", who: "bizdev", answer: confirmApply },
  { method: "post", path: "/plans/:plan/appliquer", who: "bizdev", act: "plan.apply", perform: performApply },
  { method: "get", path: "/plans/:plan/ecarter", who: "bizdev", answer: confirmDiscard },
  { method: "post", path: "/plans/:plan/ecarter", who: "bizdev", act: "plan.discard", perform: performDiscard },
  { method: "post", path: "/plans/:plan/defaire", who: "bizdev", act: "plan.undo", perform: performUndo },
];
