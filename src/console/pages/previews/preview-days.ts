import { french } from "../../../french/typography.ts";
import type { Choice } from "../../parts/form.tsx";
import { CannotDo } from "../../route.ts";

/** For how many days a preview is open, where nobody says otherwise. */
export const usualDays = "30";

/** Days among which one chooses. */
export const daysChoices: readonly Choice[] = ["7", usualDays, "90"].map((days) => ({ value: days, label: french`${days} jours` }));

/** Until when a preview is open that is shared now. @throws CannotDo where the days are none of those that can be chosen */
export function openUntil(now: Date, days: string): Date {
  const asked = days === "" ? usualDays : days;
  if (!daysChoices.some(({ value }) => value === asked)) throw new CannotDo("Choisissez une durée dans la liste.");
  return new Date(now.getTime() + Number(asked) * 86_400_000);
}
