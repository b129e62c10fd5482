ALTER TABLE "due_times" ADD COLUMN "was_ahead_to" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "due_times" ADD COLUMN "found_ahead_at" timestamp with time zone;