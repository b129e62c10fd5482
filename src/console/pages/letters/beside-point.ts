import type { Child } from "hono/jsx";
import type { LetterPoint } from "../../../partners/letters/points.ts";

/** What stands beside a point of a letter: a form to answer to it, or what was answered. */
export type BesidePoint = (point: Pick<LetterPoint, "code" | "field">) => Child;
