-- Run as the owner before a dump is read back: rights that migrations took away from single tables would otherwise
-- be given again when the tables are made. The dump brings the defaults back as its last step; rights.sql makes sure.
ALTER DEFAULT PRIVILEGES REVOKE ALL ON TABLES FROM qingfu_web;
ALTER DEFAULT PRIVILEGES REVOKE ALL ON SEQUENCES FROM qingfu_web;
ALTER DEFAULT PRIVILEGES REVOKE ALL ON FUNCTIONS FROM qingfu_web;
ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC;
