-- Makes a used database of the tests look new again, many times faster than DROP and CREATE DATABASE. Run once, in the migrated template.
create schema pristine;

create function pristine.structure() returns text language sql as $$
  select concat(
    (select string_agg(concat(relnamespace, relname, relkind, relnatts, relpersistence), ',' order by oid)
      from pg_class where oid >= 16384 and relkind in ('r', 'i', 'S', 'v', 'm')),
    (select string_agg(concat(tgname, tgenabled), ',' order by oid) from pg_trigger),
    (select count(*) from pg_constraint where oid >= 16384),
    (select count(*) from pg_proc where oid >= 16384),
    (select count(*) from pg_namespace where nspname !~ '^pg_'))
$$;

create table public.pristine_sequences as
  select format('%I.%I', schemaname, sequencename)::regclass as place, coalesce(last_value, start_value) as value, last_value is not null as is_used
  from pg_sequences where schemaname = 'moisson';

-- Rows that migrations insert.
do $$
declare name text; is_filled boolean;
begin
  for name in select tablename from pg_tables where schemaname = 'moisson' loop
    execute format('select exists (select from moisson.%I)', name) into is_filled;
    if is_filled then execute format('create table pristine.%I as table moisson.%I', name, name); end if;
  end loop;
end $$;

-- Returns false where the database must be dropped: its structure has changed, or deleted rows take up too much room.
create function pristine.restore() returns boolean language plpgsql as $$
declare name text;
begin
  if pristine.structure() <> (select text from public.pristine_structure) then return false; end if;
  if (select sum(pg_relation_size(oid)) from pg_class where relnamespace = 'moisson'::regnamespace and relkind = 'r') > 4000000 then return false; end if;
  perform set_config('session_replication_role', 'replica', true); -- neither triggers nor foreign keys
  perform set_config('lock_timeout', '2s', true); -- a transaction that a test has left open
  for name in select tablename from pg_tables where schemaname = 'moisson' loop
    execute format('delete from moisson.%I', name);
  end loop;
  for name in select tablename from pg_tables where schemaname = 'pristine' loop
    execute format('insert into moisson.%I overriding system value select * from pristine.%I', name, name);
  end loop;
  perform setval(place, value, is_used) from public.pristine_sequences;
  return true;
end $$;

create table public.pristine_structure (text text);
insert into public.pristine_structure select pristine.structure();
