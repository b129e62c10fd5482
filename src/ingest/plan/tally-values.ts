import type { AidContent, AidField } from "../../model/aid/aid.ts";
import type { DateFigures } from "../../model/plan/staged-figures.ts";
import type { ValueFigures } from "./value-guards.ts";

const textFields = ["description", "eligibility", "contact"] as const satisfies readonly AidField[];
const dateFields = ["startDate", "submissionDeadline"] as const satisfies readonly AidField[];
const examplesKept = 3;
/** Maximum number of aids to examine, as in a run: see `PlanMaterial.dateFigures`. */
const maxExamined = 5_000;

/** Computes the figures of values in memory, for aids that no run has staged. */
export class ValueTally {
  readonly #texts = new Map<AidField, Map<string, string[]>>();
  readonly #dates = new Map<AidField, { readonly externalId: string; readonly date: string }[]>();
  #examined = 0;

  add(externalId: string, content: Partial<AidContent>): void {
    if (++this.#examined > maxExamined) return;
    for (const field of textFields) {
      const text = content[field];
      if (typeof text !== "string") continue;
      const texts = this.#texts.get(field) ?? new Map<string, string[]>();
      this.#texts.set(field, texts);
      const ids = texts.get(text);
      if (ids === undefined) texts.set(text, [externalId]);
      else ids.push(externalId);
    }
    for (const field of dateFields) {
      const date = content[field];
      if (typeof date !== "string") continue;
      const dates = this.#dates.get(field) ?? [];
      this.#dates.set(field, dates);
      dates.push({ externalId, date });
    }
  }

  /** Returns the figures. `today`: `YYYY-MM-DD`. */
  figures(today: string): ValueFigures {
    return {
      repeated: [...this.#texts].map(([field, texts]) => {
        const all = [...texts.values()];
        const most = all.reduce((longest, ids) => (ids.length > longest.length ? ids : longest), []);
        return { field, count: most.length, of: all.reduce((sum, ids) => sum + ids.length, 0), examples: most.slice(0, examplesKept) };
      }),
      dates: [...this.#dates].map(([field, dates]) => dateFigures(field, dates, today)),
    };
  }
}

function dateFigures(
  field: AidField,
  dates: readonly { readonly externalId: string; readonly date: string }[],
  today: string,
): DateFigures {
  const days = dates.map(({ date }) => Number(date.slice(8, 10)));
  const later = dates.filter((_, index) => days[index] !== 1);
  return {
    field,
    count: dates.length,
    notFirst: later.length,
    afterTwelfth: days.filter((day) => day > 12).length,
    differentDays: new Set(days.filter((day) => day > 1)).size,
    conventional: dates.filter(({ date }, index) => days[index] === 1 || date.endsWith("-12-31")).length,
    past: dates.filter(({ date }) => date <= today).length,
    examples: (later.length > 0 ? later : dates).slice(0, examplesKept).map(({ externalId, date }) => `${externalId} (${date})`),
  };
}
