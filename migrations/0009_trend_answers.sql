CREATE TRIGGER `probe_runs_added` AFTER INSERT ON `probe_runs` BEGIN
	INSERT INTO `answer_versions` (`scope`, `version`) VALUES ('probes', 1) ON CONFLICT (`scope`) DO UPDATE SET `version` = `version` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `probe_runs_changed` AFTER UPDATE ON `probe_runs` BEGIN
	INSERT INTO `answer_versions` (`scope`, `version`) VALUES ('probes', 1) ON CONFLICT (`scope`) DO UPDATE SET `version` = `version` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `probe_runs_removed` AFTER DELETE ON `probe_runs` BEGIN
	INSERT INTO `answer_versions` (`scope`, `version`) VALUES ('probes', 1) ON CONFLICT (`scope`) DO UPDATE SET `version` = `version` + 1;
END;
