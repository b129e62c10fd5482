/** A table in which a person may stand. */
export interface PersonalTable {
  readonly table: string;
  /** Columns that name a row, with their types. */
  readonly key: readonly (readonly [name: string, type: "uuid" | "text" | "int" | "bigint"])[];
  readonly json: readonly string[];
  readonly text: readonly string[];
  /** Addresses: one that names a person is emptied. */
  readonly links?: readonly string[];
}

const id = [["id", "uuid"]] as const;
const staged = [
  ["run_id", "uuid"],
  ["external_id", "text"],
] as const;

/**
 * All of them but `aids`, in the order in which they are seen to: what is still to be written before what it is written from could be copied. Identifiers of
 * aids are not among the columns: they say which aid it is.
 */
export const personalTables: readonly PersonalTable[] = [
  {
    table: "changes",
    key: [
      ["plan_id", "uuid"],
      ["aid_id", "uuid"],
      ["slice", "int"],
    ],
    json: ["fields", "state", "match"],
    text: ["note"],
  },
  { table: "planned_aids", key: staged, json: ["content", "memo"], text: ["locator"] },
  { table: "staged_aids", key: staged, json: ["content", "memo"], text: ["locator"] },
  { table: "plans", key: id, json: ["asked", "guards", "warnings"], text: ["made_by", "applied_by", "closed_by", "note"] },
  { table: "plan_remarks", key: [["id", "bigint"]], json: ["params"], text: [] },
  {
    table: "aid_history",
    key: [
      ["aid_id", "uuid"],
      ["revision", "int"],
    ],
    json: ["fields", "before"],
    text: ["by", "note"],
  },
  { table: "rejected_records", key: [["id", "bigint"]], json: ["record", "reasons"], text: ["locator", "external_id"] },
  { table: "runs", key: id, json: ["progress", "options", "report"], text: ["asked_by", "cancel_asked_by", "applied_by", "undone_by"] },
  { table: "digests", key: id, json: ["content", "failures"], text: [] },
  { table: "letters", key: id, json: ["content"], text: ["by", "revoked_by", "sent_by", "sent_to"] },
  {
    table: "publishers",
    key: id,
    json: [],
    text: ["name", "agreed_by", "agreement_document", "next_action", "created_by", "updated_by"],
    links: ["website"],
  },
  { table: "publisher_contacts", key: id, json: [], text: ["name", "role", "email", "phone", "note", "by"] },
  { table: "exchanges", key: [["seq", "bigint"]], json: ["details"], text: ["text", "by"] },
  { table: "shared_previews", key: id, json: ["content"], text: ["by", "revoked_by"] },
  { table: "letter_answers", key: [["seq", "bigint"]], json: [], text: ["remark"] },
  { table: "drafts", key: id, json: ["answers"], text: ["title", "created_by", "updated_by"] },
  {
    table: "connector_versions",
    key: [
      ["connector", "text"],
      ["version", "int"],
    ],
    json: ["definition", "changes", "terms"],
    text: ["why", "by"],
  },
  { table: "set_asides", key: id, json: [], text: ["field", "reason", "by"] },
  { table: "pauses", key: [["connector", "text"]], json: [], text: ["reason", "by"] },
  { table: "snapshots", key: [["hash", "text"]], json: ["parts"], text: [] },
  { table: "forgotten", key: [["trace", "text"]], json: [], text: ["by"] },
];

/** The aids themselves: their fingerprints follow, and those who follow the catalogue are told. */
export const aidsTable: PersonalTable = {
  table: "aids",
  key: [["aid_id", "uuid"]],
  json: ["imported", "kept", "edits", "proposals", "memo", "watch"],
  text: ["withdrawn_by"],
  links: ["site_url"],
};
