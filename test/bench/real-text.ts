import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { TextFigures } from "./text-profile.ts";

/** Fields of an aid whose texts are measured and generated. */
export const textFields = ["description", "eligibility", "contact"] as const;
export type TextField = (typeof textFields)[number];

/** What `measure-texts.ts` measured on real feeds: numbers only. */
export interface RealText {
  readonly records: number;
  readonly figures: TextFigures;
  readonly fields: Readonly<
    Record<
      TextField,
      {
        /** Share of records with a text. */
        readonly share: number;
        /** Profiles of some texts, in the order of `profileColumns`. */
        readonly profiles: readonly (readonly number[])[];
      }
    >
  >;
}

/** The measured figures in the project. */
export const realTextFile = fileURLToPath(new URL("real-text.json", import.meta.url));

/** Returns the measured figures. */
export function readRealText(): RealText {
  return JSON.parse(readFileSync(realTextFile, "utf8")) as RealText;
}
