import { type SQL, sql } from "drizzle-orm";
import { wordsPattern } from "../search/words-pattern.ts";
import { isInPart, type PlanPart } from "./plan-part.ts";

/** Which changes of a plan. `words`: of the title of their aid, or its id; `isLeft`: not applied yet, or else applied. */
export interface ChangeFilter extends PlanPart {
  readonly words?: string;
  readonly isLeft?: boolean;
}

/** True for a row of `changes` that a filter selects. */
export function isChosen({ words, isLeft, ...part }: ChangeFilter): SQL {
  const conditions = [
    isInPart(part),
    isLeft === undefined ? sql`true` : isLeft ? sql`changes.part is null` : sql`changes.part is not null`,
    words === undefined ? sql`true` : hasWords(words),
  ];
  return sql.join(conditions, sql` and `);
}

/** True where the change that lies at `place`, a `ctid`, has one of these fields: what is asked of one change at a time. */
export function hasFields(fields: NonNullable<PlanPart["fields"]>, place: SQL): SQL {
  return sql`(select ${isInPart({ fields })} from changes where changes.ctid = ${place})`;
}

/** The id, whole, or words of the title: of aids as they are searched (see `SearchRepository`), of creations as they will be. */
function hasWords(words: string): SQL {
  const pattern = wordsPattern(words);
  return sql`(${words} in (changes.external_id, changes.aid_id::text)
    or exists (select from aid_search where aid_search.aid_id = changes.aid_id and aid_search.title ~ ${pattern})
    or changes.kind = 'create' and changes.part is null and exists (
      select from plans join planned_aids planned on planned.run_id = plans.run_id
      where plans.id = changes.plan_id and planned.external_id = changes.external_id and planned.content ->> 'name' ~ ${pattern}))`;
}
