-- The rights inside one database that belongs to qingfu_owner:
--   CREATE DATABASE qingfu OWNER qingfu_owner TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8';
-- Run in that database as the administrator. It may be run again.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;

DO $$
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO qingfu_web, qingfu_portal', current_database());
END
$$;

-- What the owner's migrations make is open to web and jobs at once; the portal gets nothing by itself.
ALTER DEFAULT PRIVILEGES FOR ROLE qingfu_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO qingfu_web;
ALTER DEFAULT PRIVILEGES FOR ROLE qingfu_owner GRANT USAGE, SELECT ON SEQUENCES TO qingfu_web;
ALTER DEFAULT PRIVILEGES FOR ROLE qingfu_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE qingfu_owner GRANT EXECUTE ON FUNCTIONS TO qingfu_web;
