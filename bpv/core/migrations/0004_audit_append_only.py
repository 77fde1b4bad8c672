"""The audit trail can only grow (T14): the database itself refuses UPDATE, DELETE and TRUNCATE.

TRUNCATE is let through in a database named test_…: the test runner empties all tables between tests with threads.
"""

from django.db import migrations

MAKE = """
CREATE FUNCTION core_audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' AND current_database() LIKE 'test\\_%' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'core_auditevent only grows: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER core_audit_rows BEFORE UPDATE OR DELETE ON core_auditevent
    FOR EACH ROW EXECUTE FUNCTION core_audit_append_only();
CREATE TRIGGER core_audit_table BEFORE TRUNCATE ON core_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION core_audit_append_only();
"""
UNMAKE = """
DROP TRIGGER core_audit_rows ON core_auditevent;
DROP TRIGGER core_audit_table ON core_auditevent;
DROP FUNCTION core_audit_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0003_outboxmail_one_time")]
    operations = [migrations.RunSQL(MAKE, UNMAKE)]
