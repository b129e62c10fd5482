TRUNCATE "aid_search";
--> statement-breakpoint
ALTER TABLE "search_state" ADD COLUMN "complete_from" bigint DEFAULT 0 NOT NULL;
--> statement-breakpoint
UPDATE "search_state" SET "up_to" = 0, "complete_from" = (SELECT coalesce(max("seq"), 0) FROM "aid_history");
--> statement-breakpoint
CREATE TABLE "aid_numbers" (
	"aid_id" uuid PRIMARY KEY NOT NULL,
	"number" bigint GENERATED ALWAYS AS IDENTITY (sequence name "aid_numbers_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	CONSTRAINT "aid_numbers_number_unique" UNIQUE("number")
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
CREATE TABLE "territory_sets" (
	"key" bigint PRIMARY KEY GENERATED ALWAYS AS (hash_array_extended(territories, 0)) STORED NOT NULL,
	"territories" text[] NOT NULL
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
ALTER TABLE "aid_search" ADD COLUMN "steps" text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "aid_search" ADD COLUMN "destinations" text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "aid_search" ADD COLUMN "recurrence" text;--> statement-breakpoint
ALTER TABLE "aid_search" ADD COLUMN "european_aid" text;--> statement-breakpoint
ALTER TABLE "aid_search" ADD COLUMN "is_call" boolean;--> statement-breakpoint
ALTER TABLE "aid_search" ADD COLUMN "is_charged" boolean;--> statement-breakpoint
ALTER TABLE "aid_search" ADD COLUMN "start_date" date;--> statement-breakpoint
ALTER TABLE "aid_search" ADD COLUMN "source_updated_date" date;--> statement-breakpoint
ALTER TABLE "aid_search" ADD COLUMN "licence" text NOT NULL;--> statement-breakpoint
ALTER TABLE "aid_search" ADD COLUMN "published_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "aid_search" ADD COLUMN "territory_set" bigint GENERATED ALWAYS AS (hash_array_extended(territories, 0)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "letters" ADD COLUMN "sent_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "letters" ADD COLUMN "sent_by" text;--> statement-breakpoint
ALTER TABLE "letters" ADD COLUMN "sent_to" text;--> statement-breakpoint
ALTER TABLE "letters" ADD COLUMN "is_uncertain" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "audit" ADD COLUMN "step" text;--> statement-breakpoint
ALTER TABLE "audit" ADD COLUMN "ends" bigint;--> statement-breakpoint
ALTER TABLE "letters" ADD COLUMN "reread_run" uuid;--> statement-breakpoint
ALTER TABLE "letters" ADD COLUMN "reread_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "open_data_chunks" ADD CONSTRAINT "open_data_chunks_dump_open_data_dumps_id_fk" FOREIGN KEY ("dump") REFERENCES "open_data_dumps"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "open_data_files" ADD CONSTRAINT "open_data_files_dump_open_data_dumps_id_fk" FOREIGN KEY ("dump") REFERENCES "open_data_dumps"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exchanges" ADD CONSTRAINT "exchanges_publisher_publishers_id_fk" FOREIGN KEY ("publisher") REFERENCES "publishers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publisher_connectors" ADD CONSTRAINT "publisher_connectors_publisher_publishers_id_fk" FOREIGN KEY ("publisher") REFERENCES "publishers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publisher_contacts" ADD CONSTRAINT "publisher_contacts_publisher_publishers_id_fk" FOREIGN KEY ("publisher") REFERENCES "publishers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publisher_drafts" ADD CONSTRAINT "publisher_drafts_publisher_publishers_id_fk" FOREIGN KEY ("publisher") REFERENCES "publishers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "aid_slugs_by_aid" ON "aid_slugs" USING btree ("aid_id");--> statement-breakpoint
CREATE INDEX "exchanges_by_publisher" ON "exchanges" USING btree ("publisher","at");--> statement-breakpoint
CREATE INDEX "exchanges_by_kind" ON "exchanges" USING btree ("kind","at");--> statement-breakpoint
CREATE INDEX "letter_answers_by_letter" ON "letter_answers" USING btree ("letter","seq");--> statement-breakpoint
CREATE INDEX "letter_answers_planned" ON "letter_answers" USING btree ("planned_for") WHERE planned_for is not null;--> statement-breakpoint
CREATE INDEX "publisher_connectors_by_publisher" ON "publisher_connectors" USING btree ("publisher");--> statement-breakpoint
CREATE INDEX "publisher_contacts_by_publisher" ON "publisher_contacts" USING btree ("publisher");--> statement-breakpoint
CREATE INDEX "publishers_by_territory" ON "publishers" USING btree ("territory");--> statement-breakpoint
CREATE INDEX "publishers_by_next_action" ON "publishers" USING btree ("next_action_on");--> statement-breakpoint
CREATE INDEX "audit_ends" ON "audit" USING btree ("ends");--> statement-breakpoint
CREATE INDEX "shared_previews_by_draft" ON "shared_previews" USING btree ("draft","at");--> statement-breakpoint
CREATE INDEX "aid_search_by_updated_at" ON "aid_search" USING btree ("updated_at" DESC NULLS FIRST,"aid_id");--> statement-breakpoint
CREATE INDEX "aid_search_by_licence" ON "aid_search" USING btree ("licence","aid_id");--> statement-breakpoint
CREATE INDEX "aid_search_published" ON "aid_search" USING btree ("published_at","aid_id") WHERE standing = 'live';--> statement-breakpoint
CREATE INDEX "aid_history_by_time" ON "aid_history" USING brin ("at");--> statement-breakpoint
CREATE INDEX "aids_on_site" ON "aids" USING btree ("connector") WHERE status = 'published' and withdrawn_at is null;--> statement-breakpoint
CREATE INDEX "aid_search_live_facts" ON "aid_search" USING btree ("licence","deadline") INCLUDE ("audiences","types","steps","destinations","recurrence","european_aid","is_call","is_charged","connector","published_at","territory_set") WHERE standing = 'live';
