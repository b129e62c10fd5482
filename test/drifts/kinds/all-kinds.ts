import type { DriftKind } from "../drift-kind.ts";
import { dateKinds } from "./date-kinds.ts";
import { moneyKinds } from "./money-kinds.ts";
import { recordKinds } from "./record-kinds.ts";
import { termKinds } from "./term-kinds.ts";
import { textKinds } from "./text-kinds.ts";

/** Every kind of drift, in the order of the tables. */
export const driftKinds: readonly DriftKind[] = [...dateKinds, ...termKinds, ...moneyKinds, ...textKinds, ...recordKinds];
