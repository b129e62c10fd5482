CREATE SEQUENCE "content_blocks" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE SEQUENCE "history_batches" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "aid_numbers" (
	"aid_id" uuid PRIMARY KEY NOT NULL,
	"number" bigint GENERATED ALWAYS AS IDENTITY (sequence name "aid_numbers_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1000000 CACHE 1),
	CONSTRAINT "aid_numbers_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "aid_reads" (
	"month" date NOT NULL,
	"aid_id" uuid NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "aid_reads_month_aid_id_pk" PRIMARY KEY("month","aid_id")
);
--> statement-breakpoint
CREATE TABLE "aid_slugs" (
	"slug" text COLLATE "C" PRIMARY KEY NOT NULL,
	"aid_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "api_tokens" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"token_hash" text NOT NULL,
	"scope" text NOT NULL,
	"per_minute" integer NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"revoked_by" text,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "api_tokens_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "confirmed_bases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"connector" text COLLATE "C" NOT NULL,
	"basis" text NOT NULL,
	"page" text,
	"seen" date,
	"answers" jsonb NOT NULL,
	"note" text,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"batch" bigint NOT NULL,
	"revoked_by" text,
	"revoked_at" timestamp with time zone,
	"revoked_because" text,
	"revoked_batch" bigint
);
--> statement-breakpoint
CREATE TABLE "error_reports" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "error_reports_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"aid_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"text" text COLLATE "C" NOT NULL,
	"count" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"point" text,
	"by" text,
	CONSTRAINT "error_reports_once" UNIQUE("aid_id","kind","text")
);
--> statement-breakpoint
CREATE TABLE "named_numbers" (
	"kind" text NOT NULL,
	"slug" text COLLATE "C" NOT NULL,
	"name" text NOT NULL,
	"number" bigint GENERATED ALWAYS AS IDENTITY (sequence name "named_numbers_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1000000 CACHE 1),
	"site_number" bigint,
	CONSTRAINT "named_numbers_kind_slug_pk" PRIMARY KEY("kind","slug"),
	CONSTRAINT "named_numbers_number_unique" UNIQUE("number"),
	CONSTRAINT "named_numbers_of_site" UNIQUE("kind","site_number")
);
--> statement-breakpoint
CREATE TABLE "open_data_chunks" (
	"dump" uuid NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"seq" integer NOT NULL,
	"gzipped" "bytea" NOT NULL,
	CONSTRAINT "open_data_chunks_dump_name_seq_pk" PRIMARY KEY("dump","name","seq")
);
--> statement-breakpoint
CREATE TABLE "open_data_dumps" (
	"id" uuid PRIMARY KEY NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"facts" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "open_data_files" (
	"dump" uuid NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"type" text NOT NULL,
	"bytes" bigint NOT NULL,
	"sha256" text NOT NULL,
	CONSTRAINT "open_data_files_dump_name_pk" PRIMARY KEY("dump","name")
);
--> statement-breakpoint
CREATE TABLE "person_answers" (
	"key" text COLLATE "C" PRIMARY KEY NOT NULL,
	"answer" text NOT NULL,
	"text" text,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reannounced_aids" (
	"batch" bigint NOT NULL,
	"place" integer NOT NULL,
	"aid_id" uuid NOT NULL,
	CONSTRAINT "reannounced_aids_batch_place_pk" PRIMARY KEY("batch","place")
);
--> statement-breakpoint
CREATE TABLE "aid_visits" (
	"aid_id" uuid NOT NULL,
	"person" uuid NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "aid_visits_aid_id_person_pk" PRIMARY KEY("aid_id","person")
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone NOT NULL,
	"person" uuid,
	"by" text NOT NULL,
	"act" text COLLATE "C" NOT NULL,
	"subject" text,
	"details" jsonb NOT NULL,
	"step" text,
	"ends" bigint
);
--> statement-breakpoint
CREATE TABLE "connector_versions" (
	"connector" text COLLATE "C" NOT NULL,
	"version" integer NOT NULL,
	"definition" jsonb,
	"changes" jsonb NOT NULL,
	"terms" jsonb NOT NULL,
	"why" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "connector_versions_connector_version_pk" PRIMARY KEY("connector","version")
);
--> statement-breakpoint
CREATE TABLE "drafts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"answers" jsonb NOT NULL,
	"upload" text,
	"revision" integer NOT NULL,
	"connector" text COLLATE "C",
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_by" text NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "letters" (
	"id" uuid PRIMARY KEY NOT NULL,
	"connector" text COLLATE "C" NOT NULL,
	"run_id" uuid NOT NULL,
	"kind" text DEFAULT 'errors' NOT NULL,
	"token_hash" text NOT NULL,
	"content" jsonb NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"revoked_by" text,
	"revoked_at" timestamp with time zone,
	"sent_at" timestamp with time zone,
	"sent_by" text,
	"sent_to" text,
	"is_uncertain" boolean DEFAULT false NOT NULL,
	"reread_run" uuid,
	"reread_at" timestamp with time zone,
	CONSTRAINT "letters_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "notification_choices" (
	"person" uuid NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"pace" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "notification_choices_person_kind_pk" PRIMARY KEY("person","kind")
);
--> statement-breakpoint
CREATE TABLE "notification_deliveries" (
	"person" uuid PRIMARY KEY NOT NULL,
	"daily_for" timestamp with time zone,
	"tries" integer DEFAULT 0 NOT NULL,
	"tried_at" timestamp with time zone,
	"failure" text
);
--> statement-breakpoint
CREATE TABLE "notified_decisions" (
	"person" uuid NOT NULL,
	"item" text COLLATE "C" NOT NULL,
	"gone_at" timestamp with time zone,
	CONSTRAINT "notified_decisions_person_item_pk" PRIMARY KEY("person","item")
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text COLLATE "C" NOT NULL,
	"name" text NOT NULL,
	"role" text,
	"role_until" date,
	"password" text,
	"subject" text,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "people_email_unique" UNIQUE("email"),
	CONSTRAINT "people_subject_unique" UNIQUE("subject")
);
--> statement-breakpoint
CREATE TABLE "review_assignments" (
	"item" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "second_factors" (
	"person" uuid PRIMARY KEY NOT NULL,
	"sealed" text NOT NULL,
	"last_step" bigint NOT NULL,
	"recovery_hashes" text[] NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"account" uuid NOT NULL,
	"way" text NOT NULL,
	"agent" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_links" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"account" uuid NOT NULL,
	"purpose" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_tries" (
	"who" text COLLATE "C" NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stored_secrets" (
	"name" text COLLATE "C" PRIMARY KEY NOT NULL,
	"sealed" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "territory_editions" (
	"plan_id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"stamp" text NOT NULL,
	"packed" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "exchanges" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "exchanges_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"publisher" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"kind" text NOT NULL,
	"text" text,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "feed_leads" (
	"id" uuid PRIMARY KEY NOT NULL,
	"address" text COLLATE "C" NOT NULL,
	"title" text NOT NULL,
	"publisher" text NOT NULL,
	"page" text COLLATE "C",
	"catalogue" text COLLATE "C" NOT NULL,
	"reasons" jsonb NOT NULL,
	"kind" text,
	"certainty" real,
	"evidence" jsonb,
	"problem" text,
	"sampled_at" timestamp with time zone,
	"found_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"why" text,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	CONSTRAINT "feed_leads_address_unique" UNIQUE("address")
);
--> statement-breakpoint
CREATE TABLE "funnel_days" (
	"connector" text COLLATE "C" NOT NULL,
	"day" date NOT NULL,
	"received" integer NOT NULL,
	"valid" integer NOT NULL,
	"held" integer NOT NULL,
	"publishable" integer NOT NULL,
	"published" integer NOT NULL,
	"open" integer NOT NULL,
	CONSTRAINT "funnel_days_connector_day_pk" PRIMARY KEY("connector","day")
);
--> statement-breakpoint
CREATE TABLE "letter_answers" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "letter_answers_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"letter" uuid NOT NULL,
	"code" text,
	"field" text,
	"answer" text,
	"planned_for" date,
	"remark" text,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "open_data_offers" (
	"publisher" uuid PRIMARY KEY NOT NULL,
	"slug" text COLLATE "C" NOT NULL,
	"csv" "bytea" NOT NULL,
	"zip" "bytea" NOT NULL,
	"sha256" text NOT NULL,
	"aids" integer NOT NULL,
	"left_out" jsonb NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"offered_by" text NOT NULL,
	"offered_at" timestamp with time zone NOT NULL,
	"validated_by" text,
	"validated_as" text,
	"validated_at" timestamp with time zone,
	"revoked_by" text,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "open_data_offers_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "people_policies" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "people_policies_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"publisher" uuid NOT NULL,
	"policy" text NOT NULL,
	"why" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "publisher_connectors" (
	"connector" text COLLATE "C" PRIMARY KEY NOT NULL,
	"publisher" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "publisher_contacts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"publisher" uuid NOT NULL,
	"name" text NOT NULL,
	"role" text,
	"email" text,
	"phone" text,
	"note" text,
	"gets_letters" boolean DEFAULT false NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "publisher_drafts" (
	"draft" uuid PRIMARY KEY NOT NULL,
	"publisher" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "publisher_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"letter" uuid,
	"connector" text COLLATE "C" NOT NULL,
	"kind" text NOT NULL,
	"external_id" text COLLATE "C",
	"title" text,
	"hosts" text[] DEFAULT '{}' NOT NULL,
	"remark" text,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"handled_at" timestamp with time zone,
	"plan_id" uuid,
	"ended_at" timestamp with time zone,
	"ended_by" text,
	"ended_why" text
);
--> statement-breakpoint
CREATE TABLE "publishers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"seed" text COLLATE "C",
	"name" text NOT NULL,
	"siren" text,
	"kind" text NOT NULL,
	"territory" text COLLATE "C",
	"website" text,
	"stage" text NOT NULL,
	"stage_since" timestamp with time zone NOT NULL,
	"licence" text,
	"agreed_on" date,
	"agreed_by" text,
	"agreement_document" text,
	"person_in_charge" uuid,
	"next_action" text,
	"next_action_on" date,
	"corrections" text DEFAULT 'proposal' NOT NULL,
	"revision" integer NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_by" text NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "publishers_seed_unique" UNIQUE("seed")
);
--> statement-breakpoint
CREATE TABLE "search_misses" (
	"month" date NOT NULL,
	"keyword" text COLLATE "C" NOT NULL,
	"territory" text COLLATE "C" NOT NULL,
	"category" text COLLATE "C" NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "search_misses_month_keyword_territory_category_pk" PRIMARY KEY("month","keyword","territory","category")
);
--> statement-breakpoint
CREATE TABLE "shared_previews" (
	"id" uuid PRIMARY KEY NOT NULL,
	"draft" uuid NOT NULL,
	"publisher" uuid,
	"token_hash" text NOT NULL,
	"content" jsonb NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone,
	"revoked_by" text,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "shared_previews_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "publisher_accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"publisher" uuid NOT NULL,
	"email" text COLLATE "C" NOT NULL,
	"name" text NOT NULL,
	"subject" text,
	"invited_by" text NOT NULL,
	"invited_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone,
	"revoked_by" text,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "publisher_accounts_email_unique" UNIQUE("email"),
	CONSTRAINT "publisher_accounts_subject_unique" UNIQUE("subject")
);
--> statement-breakpoint
CREATE TABLE "publisher_files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"publisher" uuid NOT NULL,
	"kind" text DEFAULT 'file' NOT NULL,
	"connector" text COLLATE "C",
	"name" text NOT NULL,
	"content" "bytea",
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"run_id" uuid,
	"problem" text,
	"tries" integer DEFAULT 0 NOT NULL,
	"answers" jsonb
);
--> statement-breakpoint
CREATE TABLE "publisher_link_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text COLLATE "C" NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "publisher_links" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"account" uuid NOT NULL,
	"purpose" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "publisher_sessions" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"account" uuid NOT NULL,
	"way" text NOT NULL,
	"agent" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "connectors" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"fence" bigint DEFAULT 0 NOT NULL,
	"last_applied_run" uuid,
	"must_read" boolean DEFAULT false NOT NULL,
	"reads_site" boolean DEFAULT false NOT NULL,
	"sharing" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"must_combine" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "digests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"content" jsonb NOT NULL,
	"delivered_at" timestamp with time zone,
	"tries" integer DEFAULT 0 NOT NULL,
	"failures" jsonb DEFAULT '[]'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "due_times" (
	"name" text COLLATE "C" PRIMARY KEY NOT NULL,
	"done_for" timestamp with time zone NOT NULL,
	"expected_since" timestamp with time zone,
	"was_ahead_to" timestamp with time zone,
	"found_ahead_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "feed_decisions" (
	"connector" text COLLATE "C" NOT NULL,
	"kind" text NOT NULL,
	"subject" text COLLATE "C" NOT NULL,
	"paths" jsonb NOT NULL,
	"note" text,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "feed_decisions_connector_kind_subject_pk" PRIMARY KEY("connector","kind","subject")
);
--> statement-breakpoint
CREATE TABLE "forgotten" (
	"trace" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "hosts" (
	"host" text COLLATE "C" PRIMARY KEY NOT NULL,
	"not_before" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "links" (
	"url" text COLLATE "C" PRIMARY KEY NOT NULL,
	"host" text COLLATE "C" NOT NULL,
	"state" text NOT NULL,
	"checked_at" timestamp with time zone,
	"first_failed_at" timestamp with time zone,
	"status" integer,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "pauses" (
	"connector" text COLLATE "C" PRIMARY KEY NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "planned_aids" (
	"run_id" uuid NOT NULL,
	"external_id" text COLLATE "C" NOT NULL,
	"aid_id" uuid NOT NULL,
	"locator" text NOT NULL,
	"record_hash" text NOT NULL,
	"fingerprint" text NOT NULL,
	"content_id" bigint NOT NULL,
	"memo" jsonb NOT NULL,
	CONSTRAINT "planned_aids_run_id_external_id_pk" PRIMARY KEY("run_id","external_id")
);
--> statement-breakpoint
CREATE TABLE "rejected_contents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"connector" text COLLATE "C" NOT NULL,
	"external_id" text,
	"record" jsonb,
	"reasons" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rejections" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "rejections_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"run_id" uuid NOT NULL,
	"locator" text NOT NULL,
	"content" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"connector" text COLLATE "C" NOT NULL,
	"token" bigint NOT NULL,
	"state" text NOT NULL,
	"outcome" text,
	"asked_at" timestamp with time zone,
	"asked_by" text,
	"try" integer DEFAULT 1 NOT NULL,
	"tries_again" uuid,
	"not_before" timestamp with time zone,
	"worker" text,
	"heard_at" timestamp with time zone,
	"fetching_from" text,
	"waits_for" text,
	"progress" jsonb,
	"cancel_asked_by" text,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"snapshot_hash" text,
	"etag" text,
	"last_modified" text,
	"mapping_fingerprint" text NOT NULL,
	"options" jsonb NOT NULL,
	"report" jsonb,
	"staging" boolean NOT NULL,
	"content_block" bigint DEFAULT nextval('content_blocks') NOT NULL,
	"counts_absence" boolean DEFAULT false NOT NULL,
	"applied_at" timestamp with time zone,
	"applied_by" text,
	"undone_at" timestamp with time zone,
	"undone_by" text
);
--> statement-breakpoint
CREATE TABLE "set_asides" (
	"id" uuid PRIMARY KEY NOT NULL,
	"connector" text COLLATE "C" NOT NULL,
	"what" text NOT NULL,
	"issue_code" text,
	"field" text,
	"up_to" integer,
	"until" date NOT NULL,
	"reason" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"assigned_to" text
);
--> statement-breakpoint
CREATE TABLE "snapshot_extents" (
	"pack" bigint NOT NULL,
	"snapshot" bigint NOT NULL,
	"seq" integer NOT NULL,
	"part" integer NOT NULL,
	"first" smallint NOT NULL,
	"last" smallint NOT NULL,
	CONSTRAINT "snapshot_extents_snapshot_part_seq_pk" PRIMARY KEY("snapshot","part","seq")
);
--> statement-breakpoint
CREATE TABLE "snapshot_packs" (
	"id" bigint PRIMARY KEY NOT NULL,
	"keys" uuid[] NOT NULL,
	"hashes" "bytea" NOT NULL,
	"sizes" integer[] NOT NULL,
	"compressed" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "snapshots" (
	"hash" text PRIMARY KEY NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "snapshots_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"parts" jsonb NOT NULL,
	"bytes" bigint NOT NULL,
	"stored_at" timestamp with time zone NOT NULL,
	CONSTRAINT "snapshots_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE UNLOGGED TABLE "staged_aids" (
	"run_id" uuid NOT NULL,
	"external_id" text COLLATE "C" NOT NULL,
	"aid_id" uuid NOT NULL,
	"locator" text NOT NULL,
	"record_hash" text NOT NULL,
	"fingerprint" text NOT NULL,
	"content_id" bigint NOT NULL,
	"memo" jsonb NOT NULL,
	CONSTRAINT "staged_aids_run_id_external_id_pk" PRIMARY KEY("run_id","external_id")
);
--> statement-breakpoint
CREATE TABLE "aid_search" (
	"aid_id" uuid PRIMARY KEY NOT NULL,
	"connector" text COLLATE "C" NOT NULL,
	"title" text NOT NULL,
	"words" "tsvector" NOT NULL,
	"ranked" "tsvector" DEFAULT '' NOT NULL,
	"status" text NOT NULL,
	"standing" text NOT NULL,
	"deadline" date,
	"territories" text[] NOT NULL,
	"territory_set" bigint GENERATED ALWAYS AS (hash_array_extended(territories, 0)) STORED NOT NULL,
	"categories" text[] NOT NULL,
	"audiences" text[] NOT NULL,
	"types" text[] NOT NULL,
	"organisations" text[] NOT NULL,
	"language" text NOT NULL,
	"proposals" integer NOT NULL,
	"changes" text[] DEFAULT '{}' NOT NULL,
	"missing" text[] NOT NULL,
	"steps" text[] NOT NULL,
	"destinations" text[] NOT NULL,
	"recurrence" text,
	"european_aid" text,
	"is_call" boolean,
	"is_charged" boolean,
	"start_date" date,
	"source_updated_date" date,
	"licence" text NOT NULL,
	"published_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_state" (
	"only" boolean PRIMARY KEY NOT NULL,
	"up_to" bigint NOT NULL,
	"complete_from" bigint DEFAULT 0 NOT NULL,
	"edition" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "territory_sets" (
	"key" bigint PRIMARY KEY GENERATED ALWAYS AS (hash_array_extended(territories, 0)) STORED NOT NULL,
	"territories" text[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "absences" (
	"aid_id" uuid PRIMARY KEY NOT NULL,
	"connector" text COLLATE "C" NOT NULL,
	"since_run" uuid NOT NULL,
	"since_token" bigint NOT NULL,
	"since_at" timestamp with time zone NOT NULL,
	"ended_run" uuid
);
--> statement-breakpoint
CREATE TABLE "aid_history" (
	"aid_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"batch" bigint NOT NULL,
	"place" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"run_id" uuid,
	"plan_id" uuid,
	"kind" text NOT NULL,
	"fields" jsonb NOT NULL,
	"before" jsonb,
	"by" text,
	"note" text,
	"last_content" bigint,
	"next_content" bigint,
	CONSTRAINT "aid_history_aid_id_revision_pk" PRIMARY KEY("aid_id","revision"),
	CONSTRAINT "aid_history_by_place" UNIQUE("batch","place")
);
--> statement-breakpoint
CREATE TABLE "aid_sources" (
	"aid_id" uuid NOT NULL,
	"connector" text COLLATE "C" NOT NULL,
	"external_id" text COLLATE "C" NOT NULL,
	"content_id" bigint NOT NULL,
	"fingerprint" text NOT NULL,
	"record_hash" text,
	"memo" jsonb NOT NULL,
	CONSTRAINT "aid_sources_connector_external_id_pk" PRIMARY KEY("connector","external_id"),
	CONSTRAINT "aid_sources_by_aid" UNIQUE("aid_id")
);
--> statement-breakpoint
CREATE TABLE "aids" (
	"aid_id" uuid PRIMARY KEY NOT NULL,
	"connector" text COLLATE "C" NOT NULL,
	"external_id" text COLLATE "C" NOT NULL,
	"revision" integer NOT NULL,
	"status" text NOT NULL,
	"withdrawn_at" date,
	"withdrawn_by" text,
	"merged_into" uuid,
	"watch" jsonb,
	"site_url" text,
	"kept" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"edits" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"proposals" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"borrowed" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"field_sources" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"contradictions" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "aids_by_external_id" UNIQUE("connector","external_id")
);
--> statement-breakpoint
CREATE TABLE "applied_plans" (
	"batch" bigint PRIMARY KEY NOT NULL,
	"plan_id" uuid,
	"first_seq" bigint NOT NULL,
	"last_seq" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "applied_plans_last_seq_unique" UNIQUE("last_seq")
);
--> statement-breakpoint
CREATE TABLE "changes" (
	"plan_id" uuid NOT NULL,
	"aid_id" uuid NOT NULL,
	"external_id" text COLLATE "C" NOT NULL,
	"kind" text NOT NULL,
	"base_revision" integer NOT NULL,
	"fields" jsonb NOT NULL,
	"field_names" jsonb GENERATED ALWAYS AS (jsonb_path_query_array(fields, '$.keyvalue().key')) STORED NOT NULL,
	"state" jsonb,
	"match" jsonb,
	"note" text,
	"part" integer,
	"slice" integer DEFAULT 0 NOT NULL,
	"last_content" bigint,
	"next_content" bigint,
	CONSTRAINT "changes_plan_id_aid_id_slice_pk" PRIMARY KEY("plan_id","aid_id","slice")
);
--> statement-breakpoint
CREATE TABLE "contents" (
	"id" bigint PRIMARY KEY NOT NULL,
	"aid_id" uuid NOT NULL,
	"content" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plan_remarks" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "plan_remarks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"plan_id" uuid NOT NULL,
	"code" text NOT NULL,
	"aid_id" uuid,
	"external_id" text COLLATE "C",
	"params" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "planned_absences" (
	"plan_id" uuid NOT NULL,
	"aid_id" uuid NOT NULL,
	CONSTRAINT "planned_absences_plan_id_aid_id_pk" PRIMARY KEY("plan_id","aid_id")
);
--> statement-breakpoint
CREATE TABLE "plans" (
	"id" uuid PRIMARY KEY NOT NULL,
	"origin" text DEFAULT 'run' NOT NULL,
	"run_id" uuid,
	"connector" text COLLATE "C",
	"made_by" text,
	"asked" jsonb,
	"state" text NOT NULL,
	"complete" boolean DEFAULT false NOT NULL,
	"waits" boolean DEFAULT false NOT NULL,
	"counts" jsonb,
	"guards" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"warnings" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"applied_at" timestamp with time zone,
	"applied_by" text,
	"closed_at" timestamp with time zone,
	"closed_by" text,
	"note" text,
	"undone_by" uuid,
	"apply_request" jsonb
);
--> statement-breakpoint
CREATE TABLE "policy_checks" (
	"aid_id" uuid PRIMARY KEY NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "removed_aids" (
	"aid_id" uuid PRIMARY KEY NOT NULL,
	"connector" text COLLATE "C" NOT NULL,
	"external_id" text COLLATE "C" NOT NULL,
	"revision" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "standing_decisions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"connector" text COLLATE "C",
	"publisher" uuid,
	"field" text,
	"rule" text,
	"value" jsonb,
	"note" text,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by" text
);
--> statement-breakpoint
ALTER TABLE "open_data_chunks" ADD CONSTRAINT "open_data_chunks_dump_open_data_dumps_id_fk" FOREIGN KEY ("dump") REFERENCES "open_data_dumps"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "open_data_files" ADD CONSTRAINT "open_data_files_dump_open_data_dumps_id_fk" FOREIGN KEY ("dump") REFERENCES "open_data_dumps"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_choices" ADD CONSTRAINT "notification_choices_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_deliveries" ADD CONSTRAINT "notification_deliveries_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notified_decisions" ADD CONSTRAINT "notified_decisions_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_assignments" ADD CONSTRAINT "review_assignments_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "second_factors" ADD CONSTRAINT "second_factors_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_account_people_id_fk" FOREIGN KEY ("account") REFERENCES "people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_links" ADD CONSTRAINT "sign_in_links_account_people_id_fk" FOREIGN KEY ("account") REFERENCES "people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exchanges" ADD CONSTRAINT "exchanges_publisher_publishers_id_fk" FOREIGN KEY ("publisher") REFERENCES "publishers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "open_data_offers" ADD CONSTRAINT "open_data_offers_publisher_publishers_id_fk" FOREIGN KEY ("publisher") REFERENCES "publishers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people_policies" ADD CONSTRAINT "people_policies_publisher_publishers_id_fk" FOREIGN KEY ("publisher") REFERENCES "publishers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publisher_connectors" ADD CONSTRAINT "publisher_connectors_publisher_publishers_id_fk" FOREIGN KEY ("publisher") REFERENCES "publishers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publisher_contacts" ADD CONSTRAINT "publisher_contacts_publisher_publishers_id_fk" FOREIGN KEY ("publisher") REFERENCES "publishers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publisher_drafts" ADD CONSTRAINT "publisher_drafts_publisher_publishers_id_fk" FOREIGN KEY ("publisher") REFERENCES "publishers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publisher_accounts" ADD CONSTRAINT "publisher_accounts_publisher_publishers_id_fk" FOREIGN KEY ("publisher") REFERENCES "publishers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publisher_files" ADD CONSTRAINT "publisher_files_publisher_publishers_id_fk" FOREIGN KEY ("publisher") REFERENCES "publishers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publisher_links" ADD CONSTRAINT "publisher_links_account_publisher_accounts_id_fk" FOREIGN KEY ("account") REFERENCES "publisher_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publisher_sessions" ADD CONSTRAINT "publisher_sessions_account_publisher_accounts_id_fk" FOREIGN KEY ("account") REFERENCES "publisher_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rejections" ADD CONSTRAINT "rejections_content_rejected_contents_id_fk" FOREIGN KEY ("content") REFERENCES "rejected_contents"("id") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
CREATE INDEX "aid_slugs_by_aid" ON "aid_slugs" USING btree ("aid_id");--> statement-breakpoint
CREATE UNIQUE INDEX "confirmed_bases_in_force" ON "confirmed_bases" USING btree ("connector") WHERE revoked_at is null;--> statement-breakpoint
CREATE INDEX "error_reports_by_state" ON "error_reports" USING btree ("state");--> statement-breakpoint
CREATE INDEX "reannounced_aids_by_aid" ON "reannounced_aids" USING btree ("aid_id");--> statement-breakpoint
CREATE INDEX "audit_by_subject" ON "audit" USING btree ("subject","seq");--> statement-breakpoint
CREATE INDEX "audit_by_person" ON "audit" USING btree ("person","seq");--> statement-breakpoint
CREATE INDEX "audit_ends" ON "audit" USING btree ("ends");--> statement-breakpoint
CREATE INDEX "audit_by_time" ON "audit" USING brin ("at");--> statement-breakpoint
CREATE INDEX "letters_by_connector" ON "letters" USING btree ("connector","at");--> statement-breakpoint
CREATE INDEX "sessions_by_account" ON "sessions" USING btree ("account");--> statement-breakpoint
CREATE INDEX "sign_in_links_by_account" ON "sign_in_links" USING btree ("account");--> statement-breakpoint
CREATE INDEX "sign_in_tries_by_who" ON "sign_in_tries" USING btree ("who","at");--> statement-breakpoint
CREATE INDEX "exchanges_by_publisher" ON "exchanges" USING btree ("publisher","at");--> statement-breakpoint
CREATE INDEX "exchanges_by_kind" ON "exchanges" USING btree ("kind","at");--> statement-breakpoint
CREATE INDEX "letter_answers_by_letter" ON "letter_answers" USING btree ("letter","seq");--> statement-breakpoint
CREATE INDEX "letter_answers_planned" ON "letter_answers" USING btree ("planned_for") WHERE planned_for is not null;--> statement-breakpoint
CREATE INDEX "people_policies_by_publisher" ON "people_policies" USING btree ("publisher");--> statement-breakpoint
CREATE INDEX "publisher_connectors_by_publisher" ON "publisher_connectors" USING btree ("publisher");--> statement-breakpoint
CREATE INDEX "publisher_contacts_by_publisher" ON "publisher_contacts" USING btree ("publisher");--> statement-breakpoint
CREATE INDEX "publisher_requests_by_letter" ON "publisher_requests" USING btree ("letter","at");--> statement-breakpoint
CREATE INDEX "publisher_requests_by_connector" ON "publisher_requests" USING btree ("connector","at");--> statement-breakpoint
CREATE INDEX "publisher_requests_waiting" ON "publisher_requests" USING btree ("at") WHERE handled_at is null and kind <> 'correction';--> statement-breakpoint
CREATE INDEX "publisher_requests_refused" ON "publisher_requests" USING btree ("at") WHERE kind = 'stop' and ended_at is null;--> statement-breakpoint
CREATE INDEX "publishers_by_territory" ON "publishers" USING btree ("territory");--> statement-breakpoint
CREATE INDEX "publishers_by_next_action" ON "publishers" USING btree ("next_action_on");--> statement-breakpoint
CREATE INDEX "shared_previews_by_draft" ON "shared_previews" USING btree ("draft","at");--> statement-breakpoint
CREATE INDEX "publisher_accounts_by_publisher" ON "publisher_accounts" USING btree ("publisher");--> statement-breakpoint
CREATE INDEX "publisher_files_by_publisher" ON "publisher_files" USING btree ("publisher","at");--> statement-breakpoint
CREATE INDEX "publisher_files_waiting" ON "publisher_files" USING btree ("at") WHERE run_id is null and problem is null;--> statement-breakpoint
CREATE INDEX "publisher_links_by_account" ON "publisher_links" USING btree ("account");--> statement-breakpoint
CREATE INDEX "publisher_sessions_by_account" ON "publisher_sessions" USING btree ("account");--> statement-breakpoint
CREATE INDEX "links_by_checked" ON "links" USING btree ("checked_at");--> statement-breakpoint
CREATE INDEX "planned_aids_by_content" ON "planned_aids" USING btree ("content_id");--> statement-breakpoint
CREATE INDEX "rejected_contents_by_connector" ON "rejected_contents" USING btree ("connector");--> statement-breakpoint
CREATE INDEX "rejections_by_run" ON "rejections" USING btree ("run_id","id");--> statement-breakpoint
CREATE INDEX "rejections_by_content" ON "rejections" USING btree ("content");--> statement-breakpoint
CREATE INDEX "runs_by_connector" ON "runs" USING btree ("connector","started_at","token");--> statement-breakpoint
CREATE INDEX "runs_by_time" ON "runs" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "runs_by_end" ON "runs" USING btree ("ended_at") WHERE state = 'ended';--> statement-breakpoint
CREATE UNIQUE INDEX "runs_queued_once" ON "runs" USING btree ("connector",(options::text)) WHERE state = 'queued';--> statement-breakpoint
CREATE INDEX "runs_going_on" ON "runs" USING btree ("state") WHERE state <> 'ended';--> statement-breakpoint
CREATE INDEX "runs_waiting_for_host" ON "runs" USING btree ("waits_for","asked_at") WHERE state = 'queued' and waits_for is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "runs_tried_again_once" ON "runs" USING btree ("tries_again");--> statement-breakpoint
CREATE INDEX "snapshot_extents_by_pack" ON "snapshot_extents" USING btree ("pack");--> statement-breakpoint
CREATE INDEX "snapshot_packs_by_key" ON "snapshot_packs" USING gin ("keys") WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "aid_search_by_words" ON "aid_search" USING gin ("words");--> statement-breakpoint
CREATE INDEX "aid_search_by_territories" ON "aid_search" USING gin ("territories");--> statement-breakpoint
CREATE INDEX "aid_search_by_categories" ON "aid_search" USING gin ("categories");--> statement-breakpoint
CREATE INDEX "aid_search_by_audiences" ON "aid_search" USING gin ("audiences");--> statement-breakpoint
CREATE INDEX "aid_search_by_title" ON "aid_search" USING btree ("title","aid_id");--> statement-breakpoint
CREATE INDEX "aid_search_by_standing" ON "aid_search" USING btree ("standing","deadline","aid_id");--> statement-breakpoint
CREATE INDEX "aid_search_by_connector" ON "aid_search" USING btree ("connector","standing","deadline");--> statement-breakpoint
CREATE INDEX "aid_search_by_licence" ON "aid_search" USING btree ("licence","aid_id");--> statement-breakpoint
CREATE INDEX "aid_search_by_updated_at" ON "aid_search" USING btree ("updated_at" DESC NULLS FIRST,"aid_id");--> statement-breakpoint
CREATE INDEX "aid_search_published" ON "aid_search" USING btree ("published_at","aid_id") WHERE standing = 'live';--> statement-breakpoint
CREATE INDEX "aid_search_in_review" ON "aid_search" USING btree ("created_at","connector","title","aid_id") WHERE standing = 'review';--> statement-breakpoint
CREATE INDEX "aid_search_proposed" ON "aid_search" USING btree ("deadline","aid_id") WHERE proposals > 0;--> statement-breakpoint
CREATE INDEX "absences_by_connector" ON "absences" USING btree ("connector");--> statement-breakpoint
CREATE INDEX "aid_history_by_plan" ON "aid_history" USING btree ("plan_id");--> statement-breakpoint
CREATE INDEX "aid_history_renames" ON "aid_history" USING btree ("aid_id") WHERE kind = 're-identify';--> statement-breakpoint
CREATE INDEX "aid_history_by_time" ON "aid_history" USING brin ("at");--> statement-breakpoint
CREATE INDEX "aids_by_site_url" ON "aids" USING btree ("site_url") WHERE site_url is not null;--> statement-breakpoint
CREATE INDEX "aids_by_merged_into" ON "aids" USING btree ("merged_into") WHERE merged_into is not null;--> statement-breakpoint
CREATE INDEX "aids_contradicted" ON "aids" USING btree ("connector") WHERE contradictions <> '[]';--> statement-breakpoint
CREATE INDEX "aids_on_site" ON "aids" USING btree ("connector") WHERE status = 'published' and withdrawn_at is null;--> statement-breakpoint
CREATE INDEX "aids_by_universal_id" ON "aids" USING btree ("external_id") WHERE external_id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';--> statement-breakpoint
CREATE INDEX "applied_plans_by_time" ON "applied_plans" USING btree ("at","first_seq");--> statement-breakpoint
CREATE INDEX "changes_by_aid" ON "changes" USING btree ("aid_id") WHERE last_content is not null;--> statement-breakpoint
CREATE INDEX "plan_remarks_by_plan" ON "plan_remarks" USING btree ("plan_id","id");--> statement-breakpoint
CREATE INDEX "plans_by_connector" ON "plans" USING btree ("connector","created_at");--> statement-breakpoint
CREATE INDEX "plans_by_run" ON "plans" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "plans_by_time" ON "plans" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "plans_by_application" ON "plans" USING btree ("applied_at");--> statement-breakpoint
CREATE INDEX "plans_unapplied" ON "plans" USING btree ("connector","created_at") WHERE state <> 'applied';--> statement-breakpoint
CREATE INDEX "plans_of_publishers_to_apply" ON "plans" USING btree ("created_at") WHERE origin = 'publisher' and state = 'open' and apply_request is not null;--> statement-breakpoint
CREATE INDEX "plans_of_publishers" ON "plans" USING btree ((asked ->> 'publisher'),"created_at") WHERE origin = 'publisher';--> statement-breakpoint
CREATE INDEX "plans_with_changes" ON "plans" USING btree ("connector","applied_at") WHERE (origin = 'run' and state = 'applied' and undone_by is null
  and (counts ->> 'created')::int + (counts ->> 'updated')::int + (counts ->> 'restored')::int + (counts ->> 'withdrawn')::int > 0);--> statement-breakpoint
CREATE INDEX "standing_decisions_by_connector" ON "standing_decisions" USING btree ("connector") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "standing_decisions_by_publisher" ON "standing_decisions" USING btree ("publisher") WHERE ended_at is null;--> statement-breakpoint
-- Also holds the values of the other columns, so that counting live aids reads the index alone.
CREATE INDEX "aid_search_live_facts" ON "aid_search" USING btree ("licence","deadline") INCLUDE ("audiences","types","steps","destinations","recurrence","european_aid","is_call","is_charged","connector","published_at","territory_set") WHERE standing = 'live';--> statement-breakpoint
-- Packs are already compressed.
ALTER TABLE "snapshot_packs" ALTER COLUMN "compressed" SET STORAGE EXTERNAL;--> statement-breakpoint
-- Contents stay in their row, where reading them is fastest. A server with LZ4 compresses those of more than 2 KB. The compression that every
-- database has would cost a third of a first import, so without LZ4 only contents of more than 4 KB are compressed.
ALTER TABLE "contents" ALTER COLUMN "content" SET STORAGE MAIN;--> statement-breakpoint
DO $$ BEGIN
	ALTER TABLE "contents" ALTER COLUMN "content" SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported OR invalid_parameter_value THEN
	ALTER TABLE "contents" SET (toast_tuple_target = 4080);
END $$;--> statement-breakpoint
-- ANALYZE reads 300 rows for each unit of the largest target. Keys are regular, so a small sample of these wide rows is enough.
ALTER TABLE "aids" ALTER COLUMN "connector" SET STATISTICS 20, ALTER COLUMN "external_id" SET STATISTICS 20;--> statement-breakpoint
ALTER TABLE "aid_sources" ALTER COLUMN "connector" SET STATISTICS 20, ALTER COLUMN "external_id" SET STATISTICS 20;--> statement-breakpoint
ALTER TABLE "staged_aids" ALTER COLUMN "run_id" SET STATISTICS 20, ALTER COLUMN "external_id" SET STATISTICS 20, ALTER COLUMN "aid_id" SET STATISTICS 20;--> statement-breakpoint
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is written to, never changed', TG_TABLE_NAME; END $$;--> statement-breakpoint
-- ANALYZE is a right of a table's owner. Workers may have a role of their own.
CREATE FUNCTION "analyze_staged_aids"() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$ BEGIN
	ANALYZE staged_aids (run_id, external_id, aid_id);
END $$;--> statement-breakpoint
CREATE FUNCTION "analyze_aids"() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$ BEGIN
	ANALYZE aids (connector, external_id), aid_sources (connector, external_id);
END $$;--> statement-breakpoint
-- Deletes entries only in a transaction that declares how long they are kept, and never younger ones than 30 days.
CREATE FUNCTION "keep_recent_audit"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	kept_since timestamptz := nullif(current_setting('retention.audit_kept_since', true), '');
BEGIN
	IF OLD.at < kept_since AND OLD.at < now() - interval '30 days' THEN RETURN OLD; END IF;
	RAISE EXCEPTION 'audit is written to, never changed';
END $$;--> statement-breakpoint
CREATE TRIGGER "audit_is_kept" BEFORE UPDATE OR TRUNCATE ON "audit" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "recent_audit_is_kept" BEFORE DELETE ON "audit" FOR EACH ROW EXECUTE FUNCTION "keep_recent_audit"();--> statement-breakpoint
INSERT INTO "search_state" ("only", "up_to") VALUES (true, 0);--> statement-breakpoint
CREATE VIEW "aids_with_source" AS
SELECT aids.*, source.content_id, source.fingerprint, source.record_hash, source.memo, contents.content AS own,
	CASE WHEN aids.borrowed = '{}' THEN contents.content
		ELSE contents.content || (SELECT jsonb_object_agg(key, value -> 'value') FROM jsonb_each(aids.borrowed)) END AS imported
FROM "aids" JOIN "aid_sources" AS source ON source.aid_id = aids.aid_id JOIN "contents" ON contents.id = source.content_id;--> statement-breakpoint
CREATE VIEW "rejected_records" AS
SELECT rejections.id, "run_id", "locator", "external_id", "record", (
	SELECT coalesce(jsonb_agg("reason" || jsonb_build_object('locator', "locator") ORDER BY "place"), '[]')
	FROM jsonb_array_elements("reasons") WITH ORDINALITY AS "each" ("reason", "place")) AS "reasons"
FROM rejections JOIN rejected_contents ON rejected_contents.id = rejections.content;--> statement-breakpoint
-- Returns the fields of a change with the values that `referToContents` left out. `last`, `next`: the contents to which the change refers.
CREATE FUNCTION "change_fields"("fields" jsonb, "last" jsonb, "next" jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT CASE WHEN "last" IS NULL THEN "fields" ELSE (
		SELECT coalesce(jsonb_object_agg(field, change
			|| jsonb_build_object('last', was.value, 'current', shown.value, 'incoming', coalesce(change -> 'incoming', "next" -> field, 'null'))
			|| CASE WHEN change #> '{before,keepsCurrent}' IS NULL THEN '{}'
				ELSE jsonb_build_object('before', (change -> 'before') - 'keepsCurrent' || jsonb_build_object('kept', shown.value)) END
			|| CASE WHEN change #> '{after,keepsCurrent}' IS NULL THEN '{}'
				ELSE jsonb_build_object('after', (change -> 'after') - 'keepsCurrent' || jsonb_build_object('kept', shown.value)) END), '{}')
		FROM jsonb_each("fields") AS each_field (field, change)
			CROSS JOIN LATERAL (SELECT coalesce(change -> 'last', "last" -> field, 'null') AS value) AS was
			CROSS JOIN LATERAL (SELECT coalesce(change -> 'current', was.value) AS value) AS shown) END
$$;--> statement-breakpoint
CREATE VIEW "changes_with_values" AS
SELECT plan_id, changes.aid_id, external_id, kind, base_revision, change_fields(fields, last.content, next.content) AS fields, state, match, note, part,
	slice, last_content, next_content, field_names
FROM changes LEFT JOIN contents AS last ON last.id = last_content LEFT JOIN contents AS next ON next.id = next_content;--> statement-breakpoint
CREATE VIEW "history_with_values" AS
SELECT history.aid_id, revision, batch, place, at, run_id, plan_id, kind, change_fields(fields, last.content, next.content) AS fields, before, by, note,
	last_content, next_content
FROM aid_history AS history LEFT JOIN contents AS last ON last.id = last_content LEFT JOIN contents AS next ON next.id = next_content;
