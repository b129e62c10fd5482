import { sql } from "drizzle-orm";
import { bigint, boolean, customType, date, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { byteText, instant } from "./columns.ts";

/** Tables of the search index. Migrations: see `tables.ts`. */

const words = customType<{ data: string }>({ dataType: () => "tsvector" });
const setOfTerritories = sql`hash_array_extended(territories, 0)`;

/**
 * The search index: words and displayed values of each aid, updated after every plan (`SearchRepository`). `upTo` in `search_state`: the
 * last indexed revision (see `appliedPlans`).
 */
export const aidSearch = pgTable(
  "aid_search",
  {
    aidId: uuid("aid_id").primaryKey(),
    connector: byteText("connector").notNull(),
    title: text("title").notNull(),
    words: words("words").notNull(),
    /** Stems of the public title (A), other names (B) and categories (C), for `ts_rank`. Short, so that ranking many aids is fast. */
    ranked: words("ranked").notNull().default(""),
    status: text("status").notNull(),
    /** `live`: on the site; `review`: in review; `out-of-scope`; `withdrawn`; `draft`, `deleted`, `merged`. */
    standing: text("standing").notNull(),
    deadline: date("deadline", { mode: "string" }),
    /** `scale:code`; `in:scale:code` for surrounding territories; `not:scale:code` for exclusions. */
    territories: text("territories").array().notNull(),
    /** Key in `territory_sets`. */
    territorySet: bigint("territory_set", { mode: "bigint" }).notNull().generatedAlwaysAs(setOfTerritories),
    categories: text("categories").array().notNull(),
    audiences: text("audiences").array().notNull(),
    types: text("types").array().notNull(),
    organisations: text("organisations").array().notNull(),
    language: text("language").notNull(),
    proposals: integer("proposals").notNull(),
    /** A key per proposal: see `changeKey`. Equal changes of several aids have the same key. */
    changes: text("changes").array().notNull().default(sql`'{}'`),
    missing: text("missing").array().notNull(),
    steps: text("steps").array().notNull(),
    destinations: text("destinations").array().notNull(),
    recurrence: text("recurrence"),
    europeanAid: text("european_aid"),
    isCall: boolean("is_call"),
    isCharged: boolean("is_charged"),
    startDate: date("start_date", { mode: "string" }),
    sourceUpdatedDate: date("source_updated_date", { mode: "string" }),
    licence: text("licence").notNull(),
    /** First publication. Null: never. */
    publishedAt: instant("published_at"),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [
    index("aid_search_by_words").using("gin", table.words),
    index("aid_search_by_territories").using("gin", table.territories),
    index("aid_search_by_categories").using("gin", table.categories),
    index("aid_search_by_audiences").using("gin", table.audiences),
    // Finds titles of several connectors too, without the large rows.
    index("aid_search_by_title").on(table.title, table.aidId, table.connector, table.standing),
    index("aid_search_by_standing").on(table.standing, table.deadline, table.aidId),
    index("aid_search_by_connector").on(table.connector, table.standing, table.deadline),
    index("aid_search_by_licence").on(table.licence, table.aidId),
    index("aid_search_by_updated_at").on(table.updatedAt.desc().nullsFirst(), table.aidId),
    index("aid_search_published").on(table.publishedAt, table.aidId).where(sql`standing = 'live'`),
    // Counts the new aids of a night, and finds titles that another aid has too.
    index("aid_search_in_review").on(table.createdAt, table.connector, table.title, table.aidId).where(sql`standing = 'review'`),
    index("aid_search_proposed").on(table.deadline, table.aidId).where(sql`proposals > 0`),
  ],
);

/**
 * Distinct lists of territories of indexed aids. There are far fewer lists than aids, so aids in a territory are counted by the list's key,
 * with a small index.
 */
export const territorySets = pgTable("territory_sets", {
  key: bigint("key", { mode: "bigint" }).primaryKey().generatedAlwaysAs(setOfTerritories),
  territories: text("territories").array().notNull(),
});

/**
 * A single row. `completeFrom`: the revision from which the index is complete: the last one when it was filled for the first time, or when a
 * migration emptied it. 0 until it is filled for the first time. Until `upTo` reaches it, aids are missing in lists. `edition`: stamp of the
 * edition of territories with which aids are indexed; empty for that of the installed package. After a change, all aids are indexed again.
 */
export const searchState = pgTable("search_state", {
  only: boolean("only").primaryKey(),
  upTo: bigint("up_to", { mode: "number" }).notNull(),
  completeFrom: bigint("complete_from", { mode: "number" }).notNull().default(0),
  edition: text("edition").notNull().default(""),
});
