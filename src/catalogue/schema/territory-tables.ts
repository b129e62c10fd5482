import { pgTable, text, uuid } from "drizzle-orm/pg-core";
import { bytes } from "./columns.ts";

/**
 * Editions of the official lists of territories. Each belongs to the plan that takes it. In use is the edition of the plan that was applied
 * last and is not undone; without one, that of the installed package. `packed`: see `PackedEdition`.
 */
export const territoryEditions = pgTable("territory_editions", {
  planId: uuid("plan_id").primaryKey(),
  name: text("name").notNull(),
  stamp: text("stamp").notNull(),
  packed: bytes("packed").notNull(),
});
