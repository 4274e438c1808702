// Whether a change was taken back is asked for every change of the history.
CREATE INDEX change_undoes IF NOT EXISTS FOR (n:Change) ON (n.undoes);
