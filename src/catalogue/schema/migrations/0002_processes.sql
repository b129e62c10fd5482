CREATE INDEX "audit_by_time" ON "audit" USING brin ("at");--> statement-breakpoint
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
	kept_since timestamptz := nullif(current_setting('moisson.audit_kept_since', true), '');
BEGIN
	IF OLD.at < kept_since AND OLD.at < now() - interval '30 days' THEN RETURN OLD; END IF;
	RAISE EXCEPTION 'audit is written to, never changed';
END $$;--> statement-breakpoint
DROP TRIGGER "audit_is_kept" ON "audit";--> statement-breakpoint
CREATE TRIGGER "audit_is_kept" BEFORE UPDATE OR TRUNCATE ON "audit" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "recent_audit_is_kept" BEFORE DELETE ON "audit" FOR EACH ROW EXECUTE FUNCTION "keep_recent_audit"();
