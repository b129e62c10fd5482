import type { ServerProcess } from "../../platform/process-variables.ts";

/**
 * Rights of a process on our tables and views: `table`, or `table (column, …)` for some columns only. Without column lists, they cover the
 * whole table.
 */
export interface ProcessRights {
  readonly select: readonly string[];
  readonly insert?: readonly string[];
  readonly update?: readonly string[];
  readonly delete?: readonly string[];
  /** Only whole tables. */
  readonly truncate?: readonly string[];
  /** Sequences to take numbers from. Those of identity columns need no right. */
  readonly sequences?: readonly string[];
  /** All rights on every table that no list of this process names, except these tables. Absent: no rights on other tables. */
  readonly othersExcept?: readonly string[];
}

/** Sequences of processes that write aids. */
const written = ["content_blocks", "history_batches"] as const;

/** What each process may do in the database, so that a fault in one harms no more than its own subject. */
export const processRights: Readonly<Record<ServerProcess, ProcessRights>> = {
  // Reads aids and open data. Writes the use of a key, counts of searches without a result and of readings, and errors that readers report.
  api: {
    select: [
      "migrations",
      "aids",
      "aids_with_source",
      "aid_history",
      "applied_plans",
      "aid_numbers",
      "confirmed_bases",
      "reannounced_aids",
      "person_answers",
      "aid_slugs",
      "named_numbers",
      "aid_search",
      "territory_sets",
      "search_state",
      "territory_editions",
      "plans (id, connector, state, complete, waits, counts, created_at, applied_at, closed_at, undone_by)",
      "changes (plan_id, aid_id, kind, state)",
      "search_misses",
      "error_reports",
      "aid_reads",
      "publisher_connectors",
      "connectors (id, last_applied_run)",
      "runs (id, applied_at)",
      "people_policies",
      "api_tokens",
      "open_data_dumps",
      "open_data_files",
      "open_data_chunks",
      "connector_versions",
    ],
    insert: ["search_misses", "aid_reads", "error_reports"],
    update: ["search_misses (count)", "aid_reads (count)", "error_reports (count, at, state)", "api_tokens (used_at)"],
  },
  // Reads letters and previews by their secret address, offered files, and the run that reads a feed again. Writes answers, requests of
  // publishers and validations of offered files, and requests that run. Reads the aids, runs and plans of publishers who are signed in.
  // Stores their acts as open plans, which others apply. It can neither create accounts nor see links, nor change aids.
  public: {
    select: [
      "migrations",
      "letters",
      "letter_answers",
      "shared_previews",
      "publisher_requests",
      "open_data_offers",
      "drafts (id)",
      "runs",
      "plans",
      "pauses",
      "publisher_connectors",
      "territory_editions",
      "connector_versions",
      "exchanges (kind, details)",
      "sign_in_tries",
      "audit (seq)",
      "publishers (id, name, kind, territory, licence, corrections)",
      "publisher_accounts",
      "publisher_sessions",
      "publisher_links",
      "publisher_files (id, publisher, kind, connector, name, by, at, run_id, problem, answers)",
      "aids",
      "aids_with_source",
      "aid_search",
      "aid_reads",
      "changes",
      "people_policies",
      "planned_absences (plan_id)",
      "person_answers",
      "standing_decisions (kind, connector, publisher, field, ended_at)",
    ],
    insert: [
      "letter_answers",
      "publisher_requests",
      "exchanges",
      "sign_in_tries",
      "audit",
      "runs",
      "plans",
      "changes",
      "publisher_sessions",
      "publisher_link_requests",
      "publisher_files",
    ],
    update: [
      "open_data_offers (validated_by, validated_as, validated_at, revoked_by, revoked_at)",
      "letters (reread_run, reread_at)",
      "shared_previews (seen_at)",
      "runs (asked_by, not_before)",
      "plans (state, closed_at, closed_by, note, complete, counts, waits, apply_request)",
      "publisher_accounts (seen_at, subject)",
      "publisher_files (answers)",
      "publisher_sessions (seen_at, expires_at)",
    ],
    delete: ["planned_absences", "publisher_sessions", "publisher_links"],
    sequences: ["content_blocks"],
  },
  // Cannot change the audit trail.
  console: { select: ["migrations", "audit"], insert: ["audit"], sequences: written, othersExcept: [] },
  // Reads people's names and addresses for the digest and notifications, and deletes old rows. Reads neither passwords, sessions nor second factors.
  worker: {
    select: [
      "migrations",
      "people (id, name, email, role, role_until, closed_at)",
      "sessions (expires_at)",
      "sign_in_links (expires_at)",
      "audit",
      "disk_probe",
    ],
    insert: ["disk_probe"],
    delete: ["sessions", "sign_in_links", "audit"],
    truncate: ["disk_probe"],
    sequences: written,
    othersExcept: ["second_factors"],
  },
};
