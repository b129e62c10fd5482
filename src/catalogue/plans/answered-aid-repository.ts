import { type SQL, sql } from "drizzle-orm";
import type { AidContent } from "../../model/aid/aid.ts";
import type { AnswerReach } from "../../model/plan/answer-review.ts";
import { storableJson } from "../../model/text/storable.ts";
import { shownField } from "../aids/shown-field.ts";
import { type Store, textArray } from "../store.ts";

/** An answer whose aids are looked for. `filledBy`: its id, and those of the answers before whose values it has taken over. */
interface LookedAnswer {
  readonly id: string;
  readonly field: string;
  /** ISO instant. */
  readonly at: string;
  readonly filledBy: readonly string[];
  readonly connectors: readonly string[];
}

/** An aid that shows an answer, and whose description, types or operators have changed since it was filled or its answer confirmed. */
export interface ChangedAid {
  readonly answer: string;
  readonly aidId: string;
  readonly connector: string;
  readonly externalId: string;
  readonly title: string;
  /** The description before the first of these changes; null if it has not changed. */
  readonly before: string | null;
  readonly after: string | null;
  readonly aidTypes: AidContent["aidTypes"];
  readonly instructors: AidContent["instructors"];
  /** True if its types or operators have changed. */
  readonly isMoved: boolean;
}

/** Maximum number of changed aids of all answers: each has two texts. */
const maxChanged = 500;

/** The aids that show answers, which nobody has confirmed for them. */
export class AnsweredAidRepository {
  constructor(private readonly store: Store) {}

  /** Counts the aids that each answer had filled when it was given, and that show it now. */
  async reach(answers: readonly LookedAnswer[]): Promise<ReadonlyMap<string, AnswerReach>> {
    if (answers.length === 0) return new Map();
    const rows = await this.store.rows<AnswerReach & { answer: string }>(sql`
      with ${answeredAids(answers)}
      select answer, count(*) filter (where filled_at::timestamptz <= given_at)::int as given, count(*)::int as now from answered group by answer`);
    return new Map(rows.map(({ answer, ...reach }) => [answer, reach]));
  }

  /** Lists aids that have changed since they were filled, or since their answer was given again. */
  async changed(answers: readonly LookedAnswer[]): Promise<ChangedAid[]> {
    if (answers.length === 0) return [];
    return this.store.rows<ChangedAid>(sql`
      with ${answeredAids(answers)}
      select answered.answer, aids.aid_id as "aidId", aids.connector, aids.external_id as "externalId", ${shownField("name")} as title,
        past.before, ${shownField("description")} as after, ${shownList("aidTypes")} as "aidTypes", ${shownList("instructors")} as instructors,
        past."isMoved"
      from answered join aids_with_source aids on aids.aid_id = answered.aid_id cross join lateral (
        select (array_agg(history.fields #>> '{description,current}' order by history.revision) filter (where history.fields ? 'description'))[1] as before,
          coalesce(bool_or(history.fields ?| array['aidTypes', 'instructors']), false) as "isMoved"
        from history_with_values history
        where history.aid_id = answered.aid_id and history.at > answered.since and history.fields ?| array['description', 'aidTypes', 'instructors']
          and history.fields #>> array[answered.field, 'after', 'edit', 'at'] is distinct from answered.filled_at
      ) past
      where answered.updated_at > answered.since and (past.before is not null or past."isMoved")
      order by aids.connector, aids.external_id limit ${maxChanged}`);
  }
}

/** Common table of the aids that show the answers. `since`: when the aid was filled, or when the answer was given again after that. */
function answeredAids(answers: readonly LookedAnswer[]): SQL {
  const asked = answers.flatMap(({ id, field, at, filledBy }) => filledBy.map((former) => ({ answer: id, field, at, former })));
  const connectors = new Set(answers.flatMap((answer) => answer.connectors));
  return sql`answered as (
    select asked.answer, asked.field, asked.at as given_at, aids.aid_id, aids.updated_at, filled.edit ->> 'at' as filled_at,
      greatest(asked.at, (filled.edit ->> 'at')::timestamptz) as since
    from aids cross join lateral jsonb_each(aids.edits) filled (field, edit)
      join jsonb_to_recordset(${storableJson(asked)}::jsonb) as asked (answer text, field text, at timestamptz, former text)
        on asked.former = filled.edit #>> '{suggestion,decision}' and asked.field = filled.field
    where aids.connector = any(${textArray(connectors)}) and aids.edits <> '{}' and filled.edit #>> '{suggestion,confirmed}' = 'false'
      and aids.withdrawn_at is null and aids.status in ('reviewable', 'draft', 'published')
  )`;
}

function shownList(field: "aidTypes" | "instructors"): SQL {
  return sql`coalesce(aids.edits #> array[${field}::text, 'value'], aids.kept -> ${field}, aids.imported -> ${field}, '[]')`;
}
