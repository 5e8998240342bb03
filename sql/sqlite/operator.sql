-- Counts by half-year, in China's time.

-- name: report_disclosures
SELECT strftime('%Y', received_ms / 1000 + 28800, 'unixepoch') || '-H' ||
       (1 + (CAST(strftime('%m', received_ms / 1000 + 28800, 'unixepoch') AS INTEGER) > 6)) AS half,
       doc_type, decision, exception, count(*)
  FROM disclosure GROUP BY half, doc_type, decision, exception ORDER BY half DESC, doc_type, decision, exception;
-- name: report_holds
SELECT strftime('%Y', opened_ms / 1000 + 28800, 'unixepoch') || '-H' ||
       (1 + (CAST(strftime('%m', opened_ms / 1000 + 28800, 'unixepoch') AS INTEGER) > 6)) AS half,
       state, count(*)
  FROM hold WHERE state IN ('active', 'ended') GROUP BY half, state ORDER BY half DESC, state;
