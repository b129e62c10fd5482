CREATE TABLE "aid_search" (
	"aid_id" uuid PRIMARY KEY NOT NULL,
	"connector" text COLLATE "C" NOT NULL,
	"title" text NOT NULL,
	"words" "tsvector" NOT NULL,
	"status" text NOT NULL,
	"standing" text NOT NULL,
	"deadline" date,
	"territories" text[] NOT NULL,
	"categories" text[] NOT NULL,
	"audiences" text[] NOT NULL,
	"types" text[] NOT NULL,
	"organisations" text[] NOT NULL,
	"language" text NOT NULL,
	"proposals" integer NOT NULL,
	"missing" text[] NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
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
	"details" jsonb NOT NULL
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
	"token_hash" text NOT NULL,
	"content" jsonb NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"revoked_by" text,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "letters_token_hash_unique" UNIQUE("token_hash")
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
CREATE TABLE "search_state" (
	"only" boolean PRIMARY KEY NOT NULL,
	"up_to" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"person" uuid NOT NULL,
	"way" text NOT NULL,
	"agent" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_links" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"person" uuid NOT NULL,
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
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_links" ADD CONSTRAINT "sign_in_links_person_people_id_fk" FOREIGN KEY ("person") REFERENCES "people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "aid_search_by_words" ON "aid_search" USING gin ("words");--> statement-breakpoint
CREATE INDEX "aid_search_by_territories" ON "aid_search" USING gin ("territories");--> statement-breakpoint
CREATE INDEX "aid_search_by_categories" ON "aid_search" USING gin ("categories");--> statement-breakpoint
CREATE INDEX "aid_search_by_audiences" ON "aid_search" USING gin ("audiences");--> statement-breakpoint
CREATE INDEX "aid_search_by_title" ON "aid_search" USING btree ("title","aid_id");--> statement-breakpoint
CREATE INDEX "aid_search_by_standing" ON "aid_search" USING btree ("standing","deadline","aid_id");--> statement-breakpoint
CREATE INDEX "aid_search_by_connector" ON "aid_search" USING btree ("connector","standing");--> statement-breakpoint
CREATE INDEX "aid_search_proposed" ON "aid_search" USING btree ("deadline","aid_id") WHERE proposals > 0;--> statement-breakpoint
CREATE INDEX "audit_by_subject" ON "audit" USING btree ("subject","seq");--> statement-breakpoint
CREATE INDEX "audit_by_person" ON "audit" USING btree ("person","seq");--> statement-breakpoint
CREATE INDEX "letters_by_connector" ON "letters" USING btree ("connector","at");--> statement-breakpoint
CREATE INDEX "sessions_by_person" ON "sessions" USING btree ("person");--> statement-breakpoint
CREATE INDEX "sign_in_tries_by_who" ON "sign_in_tries" USING btree ("who","at");--> statement-breakpoint
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is written to, never changed', TG_TABLE_NAME; END $$;
--> statement-breakpoint
CREATE TRIGGER "audit_is_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
INSERT INTO "search_state" ("only", "up_to") VALUES (true, 0);
