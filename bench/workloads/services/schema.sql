-- Where consumers of the queue of orders write. A schema of its own: it is dropped before each of them.
DROP SCHEMA IF EXISTS bench_queue CASCADE;
CREATE SCHEMA bench_queue;
CREATE TABLE bench_queue.taken (
  message bigint PRIMARY KEY, order_id text NOT NULL, customer bigint NOT NULL, cents bigint NOT NULL
);
