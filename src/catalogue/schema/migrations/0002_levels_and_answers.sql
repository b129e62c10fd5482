ALTER TABLE "funnel_days" ADD COLUMN "fully_described" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "standing_decisions" ADD COLUMN "condition" jsonb;