ALTER TABLE "publisher_files" ALTER COLUMN "connector" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "publisher_files" ADD COLUMN "kind" text DEFAULT 'file' NOT NULL;