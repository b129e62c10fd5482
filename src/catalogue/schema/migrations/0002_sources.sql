ALTER TABLE "connectors" ADD COLUMN "sharing" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "connectors" ADD COLUMN "must_combine" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "aids" ADD COLUMN "borrowed" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "aids" ADD COLUMN "field_sources" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "aids" ADD COLUMN "contradictions" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
DROP VIEW "aids_with_source";--> statement-breakpoint
CREATE VIEW "aids_with_source" AS
SELECT aids.*, source.content_id, source.fingerprint, source.record_hash, source.memo, contents.content AS own,
	CASE WHEN aids.borrowed = '{}' THEN contents.content
		ELSE contents.content || (SELECT jsonb_object_agg(key, value -> 'value') FROM jsonb_each(aids.borrowed)) END AS imported
FROM "aids" JOIN "aid_sources" AS source ON source.aid_id = aids.aid_id JOIN "contents" ON contents.id = source.content_id;
