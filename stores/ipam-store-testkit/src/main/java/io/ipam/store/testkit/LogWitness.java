package io.ipam.store.testkit;

import io.ipam.store.Attempt;
import io.ipam.store.Commit;
import io.ipam.store.CommitId;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.News;
import io.ipam.store.OutcomeUnknownException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares calls with a log. A commit takes effect at one instant. It is after the start of the
 * first call that sent the commit, and before the end of the first call that shows it. The log must
 * be an order of these instants, and every answer must be right at an instant of its call.
 *
 * <p>Thread safety: none.
 */
final class LogWitness {
    private final List<Commit> log;
    private final Map<CommitId, Commit> byId = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    LogWitness(List<Commit> log) {
        this.log = List.copyOf(log);
        this.log.forEach(commit -> byId.put(commit.head().id(), commit));
    }

    List<String> problems(List<CommitHistory.Call> calls) {
        verifyLog();
        if (problems.isEmpty()) {
            calls.forEach(this::verifyAnswer);
            verifySent(calls);
            verifyEffects(calls);
            verifyRealTime(calls);
            verifyLoads(calls);
        }
        return problems;
    }

    private void problem(String text) {
        problems.add(text);
    }

    private void verifyLog() {
        Head last = Head.NONE;
        for (Commit commit : log) {
            if (!commit.follows(last)) {
                problem("the log has " + commit.head() + " directly after " + last);
            }
            last = commit.head();
        }
        try {
            Fold.of(log);
        } catch (AssertionError e) {
            problem("the commits of the log do not fit each other: " + e.getMessage());
        }
        if (byId.size() != log.size()) {
            problem("the log has two commits with one id");
        }
    }

    /** Only the answers, without real time. */
    private void verifyAnswer(CommitHistory.Call call) {
        if (call instanceof CommitHistory.Asked asked) {
            verifyNews(asked.known(), asked.news(), asked);
        } else if (call instanceof CommitHistory.Committed committed) {
            committed.attempt().ifPresent(attempt -> verifyAttempt(committed, attempt));
        } else if (call instanceof CommitHistory.Read read && !isInLog(read.head())) {
            problem("a load shows " + read.head() + ", which is not in the log");
        }
    }

    private void verifyAttempt(CommitHistory.Committed call, Attempt attempt) {
        if (attempt instanceof Attempt.Moved moved) {
            verifyNews(call.expected(), moved.news(), call);
            if (moved.news().equals(News.Since.NONE)) {
                problem("Moved without news: " + call);
            }
        } else if (!call.commit().equals(byId.get(call.commit().head().id()))) {
            problem("Done for " + call.commit().head() + ", which is not in the log");
        }
    }

    private void verifyNews(Head known, News news, CommitHistory.Call call) {
        if (news instanceof News.Diverged ? isInLog(known) : !isInLog(known)) {
            problem("the news after " + known + ", " + (isInLog(known) ? "in" : "not in") + " the log, is " + news);
        } else if (news instanceof News.Trimmed) {
            problem("the news after " + known + " is Trimmed, but the log was not trimmed");
        } else if (news instanceof News.Since since) {
            int from = (int) known.revision();
            int to = Math.min(log.size(), from + since.commits().size());
            if (!log.subList(from, to).equals(since.commits())) {
                problem("the news after " + known + " is not that of the log: " + since.commits() + " in " + call);
            }
        }
    }

    private boolean isInLog(Head head) {
        return !head.exists()
                || (head.revision() <= log.size()
                        && log.get((int) head.revision() - 1).head().isSameCommitAs(head));
    }

    /** Every commit of the log was sent, as it is. */
    private void verifySent(List<CommitHistory.Call> calls) {
        Set<Commit> sent =
                committed(calls).stream().map(CommitHistory.Committed::commit).collect(Collectors.toSet());
        log.stream()
                .filter(commit -> !sent.contains(commit))
                .forEach(commit -> problem("the log has " + commit.head() + ", which no call sent"));
    }

    private static List<CommitHistory.Committed> committed(List<CommitHistory.Call> calls) {
        return calls.stream()
                .filter(CommitHistory.Committed.class::isInstance)
                .map(CommitHistory.Committed.class::cast)
                .toList();
    }

    /** A commit is not in the log if all of its calls report that they changed nothing. */
    private void verifyEffects(List<CommitHistory.Call> calls) {
        Map<CommitId, List<CommitHistory.Committed>> byCommit = committed(calls).stream()
                .collect(Collectors.groupingBy(call -> call.commit().head().id()));
        byCommit.forEach((id, sent) -> {
            boolean possible = sent.stream().anyMatch(LogWitness::mayHaveTakenEffect);
            if (!possible && byId.containsKey(id)) {
                problem("every call that sent " + sent.get(0).commit().head()
                        + " reports that it changed nothing, but the" + " log has it: " + sent);
            }
        });
    }

    private static boolean mayHaveTakenEffect(CommitHistory.Committed call) {
        return call.attempt()
                .map(Attempt.Done.class::isInstance)
                .orElseGet(() -> call.failure().orElseThrow() instanceof OutcomeUnknownException);
    }

    /**
     * No call shows a commit if that one, or one before it, was first sent after the call ended. No
     * call that reads the head misses a commit that was shown before the call started.
     */
    private void verifyRealTime(List<CommitHistory.Call> calls) {
        NavigableMap<Long, Long> sent = firstSent(calls);
        NavigableMap<Long, Long> shownAt = new TreeMap<>();
        for (CommitHistory.Call call : calls) {
            long shown = shown(call);
            Map.Entry<Long, Long> latest = sent.floorEntry(shown);
            if (latest != null && latest.getValue() > call.end()) {
                problem("a call shows revision " + shown + " before it, or one before it, was sent: " + call);
            }
            shownAt.merge(call.end(), shown, Math::max);
        }
        accumulate(shownAt);
        calls.forEach(call -> verifyFresh(call, shownAt));
    }

    /**
     * {@return for each revision the latest of the first instants at which it and those before it
     * were sent}
     */
    private NavigableMap<Long, Long> firstSent(List<CommitHistory.Call> calls) {
        NavigableMap<Long, Long> sent = new TreeMap<>();
        for (CommitHistory.Committed call : committed(calls)) {
            if (byId.containsKey(call.commit().head().id())) {
                sent.merge(call.commit().head().revision(), call.start(), Math::min);
            }
        }
        accumulate(sent);
        return sent;
    }

    /** Replaces each value by the highest value up to its key. */
    private static void accumulate(NavigableMap<Long, Long> values) {
        long highest = 0;
        for (Map.Entry<Long, Long> entry : values.entrySet()) {
            highest = Math.max(highest, entry.getValue());
            entry.setValue(highest);
        }
    }

    private void verifyFresh(CommitHistory.Call call, NavigableMap<Long, Long> shownAt) {
        Map.Entry<Long, Long> before = shownAt.lowerEntry(call.start());
        long read = readHead(call);
        if (before != null && read >= 0 && read < before.getValue()) {
            problem("revision " + before.getValue() + " was shown before a call that read revision " + read
                    + " as the head: " + call);
        }
    }

    /** {@return the highest revision that a call proves to exist} */
    private static long shown(CommitHistory.Call call) {
        if (call instanceof CommitHistory.Read read) {
            return read.head().revision();
        } else if (call instanceof CommitHistory.Asked asked) {
            return last(asked.known(), asked.news());
        }
        CommitHistory.Committed committed = (CommitHistory.Committed) call;
        return committed
                .attempt()
                .map(attempt -> attempt instanceof Attempt.Moved moved
                        ? last(committed.expected(), moved.news())
                        : committed.commit().head().revision())
                .orElse(0L);
    }

    private static long last(Head known, News news) {
        return news instanceof News.Since since
                ? known.revision() + since.commits().size()
                : 0;
    }

    /** {@return the revision that a call proves to have been the head during the call, or -1} */
    private static long readHead(CommitHistory.Call call) {
        if (call instanceof CommitHistory.Read read) {
            return read.head().revision();
        }
        return call instanceof CommitHistory.Asked asked && asked.news().equals(News.Since.NONE)
                ? asked.known().revision()
                : -1;
    }

    /** Every load is the fold of the log up to its head. */
    private void verifyLoads(List<CommitHistory.Call> calls) {
        List<CommitHistory.Read> reads = calls.stream()
                .filter(CommitHistory.Read.class::isInstance)
                .map(CommitHistory.Read.class::cast)
                .filter(read -> isInLog(read.head()))
                .sorted(Comparator.comparingLong(read -> read.head().revision()))
                .toList();
        Fold fold = new Fold();
        for (CommitHistory.Read read : reads) {
            while (fold.head().revision() < read.head().revision()) {
                fold.apply(log.get((int) fold.head().revision()));
            }
            Set<Entry> entries = new HashSet<>(read.entries());
            if (!fold.head().equals(read.head())
                    || !fold.realm().equals(read.realm())
                    || !fold.entries().equals(entries)) {
                problem("a load at " + read.head() + " is not the fold of the log: missing "
                        + difference(fold.entries(), entries) + ", too many " + difference(entries, fold.entries()));
            }
        }
    }

    private static Set<String> difference(Set<Entry> all, Set<Entry> without) {
        return all.stream()
                .filter(entry -> !without.contains(entry))
                .map(Entry::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
