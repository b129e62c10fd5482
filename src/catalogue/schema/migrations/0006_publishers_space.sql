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
	"connector" text COLLATE "C" NOT NULL,
	"name" text NOT NULL,
	"content" "bytea",
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"run_id" uuid,
	"problem" text
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
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "publisher_sessions" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"account" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "publishers" ADD COLUMN "corrections" text DEFAULT 'proposal' NOT NULL;--> statement-breakpoint
ALTER TABLE "publisher_accounts" ADD CONSTRAINT "publisher_accounts_publisher_publishers_id_fk" FOREIGN KEY ("publisher") REFERENCES "publishers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publisher_files" ADD CONSTRAINT "publisher_files_publisher_publishers_id_fk" FOREIGN KEY ("publisher") REFERENCES "publishers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publisher_links" ADD CONSTRAINT "publisher_links_account_publisher_accounts_id_fk" FOREIGN KEY ("account") REFERENCES "publisher_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publisher_sessions" ADD CONSTRAINT "publisher_sessions_account_publisher_accounts_id_fk" FOREIGN KEY ("account") REFERENCES "publisher_accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "publisher_accounts_by_publisher" ON "publisher_accounts" USING btree ("publisher");--> statement-breakpoint
CREATE INDEX "publisher_files_by_publisher" ON "publisher_files" USING btree ("publisher","at");--> statement-breakpoint
CREATE INDEX "publisher_files_waiting" ON "publisher_files" USING btree ("at") WHERE run_id is null and problem is null;--> statement-breakpoint
CREATE INDEX "publisher_links_by_account" ON "publisher_links" USING btree ("account");--> statement-breakpoint
CREATE INDEX "publisher_sessions_by_account" ON "publisher_sessions" USING btree ("account");--> statement-breakpoint
CREATE INDEX "plans_of_publishers_to_apply" ON "plans" USING btree ("created_at") WHERE origin = 'publisher' and state = 'open' and apply_request is not null;--> statement-breakpoint
CREATE INDEX "plans_of_publishers" ON "plans" USING btree ((asked ->> 'publisher'),"created_at") WHERE origin = 'publisher';