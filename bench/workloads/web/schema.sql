-- What the web servers' database holds. `seed` is a variable that psql is given.
CREATE TABLE world (id integer PRIMARY KEY, number integer NOT NULL);
CREATE TABLE counter (id integer PRIMARY KEY, hits integer NOT NULL);
CREATE TABLE fortune (id integer PRIMARY KEY, message text NOT NULL);

INSERT INTO world SELECT id, (id * 7919 + :seed) % 10000 + 1 FROM generate_series(1, 10000) AS id;
INSERT INTO counter SELECT id, 0 FROM generate_series(1, 10000) AS id;
INSERT INTO fortune VALUES
  (1, 'A cache is a promise to be wrong later.'),
  (2, 'The second system remembers what the first one forgot.'),
  (3, 'Every timeout is a guess; write down whose.'),
  (4, 'Queues do not remove work. They remember it.'),
  (5, 'Measure twice, deploy once.'),
  (6, 'A retry without a limit is an attack.'),
  (7, 'Latency is what users call slow.'),
  (8, '"It works on my machine" & other short stories'),
  (9, 'Nobody reads the log until it is full.'),
  (10, 'Idle connections are not free, only quiet.'),
  (11, '<script>alert("This should not be shown in a browser alert box.");</script>'),
  (12, 'フレームワークのベンチマーク');
VACUUM ANALYZE world, counter, fortune;
