-- The three roles of Qingfu. Run once per server, as its administrator; give passwords afterwards
-- with \password qingfu_owner (and so on). Migrations name these roles, so the names are fixed.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'qingfu_owner') THEN
    -- Owns the database and migrates. Never named in the environment of web and jobs.
    CREATE ROLE qingfu_owner LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'qingfu_web') THEN
    -- Web and jobs. Owns nothing and cannot bypass row-level security.
    CREATE ROLE qingfu_web LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOINHERIT;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'qingfu_portal') THEN
    -- The public pages. May read what migrations grant it by name, and nothing else.
    CREATE ROLE qingfu_portal LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOINHERIT;
  END IF;
END
$$;
