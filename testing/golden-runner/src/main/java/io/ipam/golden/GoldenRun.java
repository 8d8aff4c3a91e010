package io.ipam.golden;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs all cases of one file of vectors.
 *
 * <pre>{@code
 * GoldenRun.of("ranges.json")
 *         .rule("reversed-range", recogniser, assertion)
 *         .on("IsIP", this::isIp)
 *         .on("IsIPRange", this::isIpRange)
 *         .run();
 * }</pre>
 *
 * <p>Each case is assigned to the first rule that recognises its input and recorded outcome; the
 * assertion of that rule must hold. Every other case must match the recorded outcome. The run fails
 * if one of these holds:
 *
 * <ul>
 * <li>a case is unexplained, or a rule throws on it;
 * <li>no check is declared for the kind of a case;
 * <li>{@code docs/differences.md} has no section for a rule;
 * <li>a rule or a check has no case in the vectors of the project;
 * <li>a rule is too wide: it recognises a case of the project's vectors that matches.
 * </ul>
 *
 * <p>Thread safety: none; each case runs on a new thread, one after the other.
 */
public final class GoldenRun {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final String file;
    private final GoldenSource source;
    private final Duration limit;
    private final List<Rule> rules = new ArrayList<>();
    private final Map<String, Check> checks = new LinkedHashMap<>();
    private final Set<String> elsewhere = new HashSet<>();

    GoldenRun(String file, GoldenSource source, Duration limit) {
        this.file = file;
        this.source = source;
        this.limit = limit;
    }

    /**
     * A run over one file of the project's vectors, or of the folder in {@code -Dgolden.dir}.
     *
     * @param file for example {@code ranges.json}
     * @return the run, without checks and rules
     */
    public static GoldenRun of(String file) {
        return new GoldenRun(file, GoldenSource.selected(), LIMIT);
    }

    /**
     * Declares a deliberate difference. Rules are tried in the order of their declaration.
     *
     * @param name a short name; {@code docs/differences.md} must have a section of this name
     * @param recogniser recognises the rule's cases by input and recorded outcome, as narrowly as
     *     possible
     * @param assertion states and verifies the library's result
     * @return this run
     */
    public GoldenRun rule(String name, Rule.Recogniser recogniser, Rule.Assertion assertion) {
        return rule(new Rule(name, recogniser, assertion));
    }

    /**
     * Declares a deliberate difference that several files share.
     *
     * @param rule the difference
     * @return this run
     */
    public GoldenRun rule(Rule rule) {
        if (rules.stream().anyMatch(other -> other.name().equals(rule.name()))) {
            throw new IllegalArgumentException("rule " + rule.name() + " is declared twice");
        }
        rules.add(rule);
        return this;
    }

    /**
     * Declares a difference without a case in the project's own vectors, for other vectors.
     *
     * @param rule the difference
     * @return this run
     */
    public GoldenRun ruleElsewhere(Rule rule) {
        elsewhere.add("rule " + rule.name());
        return rule(rule);
    }

    /**
     * Declares the check of one kind.
     *
     * @param kind the value of {@code input.fn}, or of {@code input.kind} if there is no {@code fn}
     * @param check compares with the recorded outcome
     * @return this run
     */
    public GoldenRun on(String kind, Check check) {
        if (checks.putIfAbsent(kind, check) != null) {
            throw new IllegalArgumentException("kind " + kind + " is claimed twice");
        }
        return this;
    }

    /**
     * Declares the check of a kind without a case in the project's own vectors, for other vectors.
     *
     * @param kind the value of {@code input.fn}, or of {@code input.kind} if there is no {@code fn}
     * @param check compares with the recorded outcome
     * @return this run
     */
    public GoldenRun onElsewhere(String kind, Check check) {
        elsewhere.add("kind " + kind);
        return on(kind, check);
    }

    /**
     * Runs a file whose cases are all of one kind.
     *
     * @param check compares with the recorded outcome
     * @return the results
     * @throws AssertionError if a case is unexplained or the run itself has an error
     */
    public GoldenReport run(Check check) {
        return on("", check).run();
    }

    /**
     * Runs all cases and prints the results on one line.
     *
     * @return the results
     * @throws AssertionError if a case is unexplained or the run itself has an error
     */
    public GoldenReport run() {
        GoldenReport report = account();
        System.out.println(report.summary());
        report.verify();
        return report;
    }

    private GoldenReport account() {
        Tally tally = new Tally();
        for (GoldenCase golden : source.read(file)) {
            classify(golden, tally);
        }
        findUndocumented(tally);
        if (source.isOwn()) {
            findIdle(tally);
            tally.faults.addAll(tally.tooWide);
        }
        return new GoldenReport(file, tally.matched, tally.declared, tally.unexplained, tally.faults);
    }

    private void classify(GoldenCase golden, Tally tally) {
        Check check = checks.get(golden.kind());
        tally.kinds.merge(golden.kind(), 1, Integer::sum);
        Throwable mismatch = check == null
                ? new AssertionError("there is no check for the kind \"" + golden.kind() + "\"")
                : Patience.failureOf(() -> check.check(golden.input(), golden.expected()), limit);
        Rule rule;
        try {
            rule = ruleFor(golden);
        } catch (RuntimeException undecided) {
            tally.unexplained.add(describe(golden, "a rule failed: ", undecided));
            return;
        }
        if (rule == null) {
            if (mismatch == null) {
                tally.matched++;
            } else {
                tally.unexplained.add(describe(golden, "", mismatch));
            }
            return;
        }
        if (mismatch == null) {
            tally.tooWide.add("rule " + rule.name() + " is too wide: " + golden.id() + " matches the recorded outcome");
        }
        Throwable broken = Patience.failureOf(() -> rule.assertion().verify(golden.input()), limit);
        if (broken == null) {
            tally.declared.merge(rule.name(), 1, Integer::sum);
        } else {
            tally.unexplained.add(describe(golden, "rule " + rule.name() + ": ", broken));
        }
    }

    private @Nullable Rule ruleFor(GoldenCase golden) {
        for (Rule rule : rules) {
            if (rule.recogniser().recognises(golden.input(), golden.expected())) {
                return rule;
            }
        }
        return null;
    }

    private static String describe(GoldenCase golden, String prefix, Throwable cause) {
        return golden.id() + ": " + prefix + cause + "\n    input    " + golden.input() + "\n    recorded "
                + golden.expected();
    }

    private void findUndocumented(Tally tally) {
        Set<String> sections = Differences.sections(source.project());
        for (Rule rule : rules) {
            if (!sections.contains(rule.name())) {
                tally.faults.add("rule " + rule.name() + " has no section in " + Differences.PAGE);
            }
        }
    }

    private void findIdle(Tally tally) {
        for (Rule rule : rules) {
            if (!tally.declared.containsKey(rule.name()) && !elsewhere.contains("rule " + rule.name())) {
                tally.faults.add("rule " + rule.name() + " never applied");
            }
        }
        for (String kind : checks.keySet()) {
            if (!tally.kinds.containsKey(kind) && !elsewhere.contains("kind " + kind)) {
                tally.faults.add("no case of the kind \"" + kind + "\"");
            }
        }
    }

    /** The counts so far. */
    private static final class Tally {
        private int matched;
        private final Map<String, Integer> declared = new LinkedHashMap<>();
        private final Map<String, Integer> kinds = new LinkedHashMap<>();
        private final List<String> unexplained = new ArrayList<>();
        private final List<String> tooWide = new ArrayList<>();
        private final List<String> faults = new ArrayList<>();
    }
}
