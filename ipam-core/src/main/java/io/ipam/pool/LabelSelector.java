package io.ipam.pool;

import static java.util.Objects.requireNonNull;

import io.ipam.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes label selector: every pair of {@code matchLabels} and every requirement of {@code
 * matchExpressions} must hold. The empty selector matches everything, an absent one matches nothing
 * ({@link #presentAndMatches}). A selector is compiled at its creation.
 *
 * <p>Cost: a match looks up the key of each requirement once and creates no object. Thread safety:
 * immutable.
 */
public final class LabelSelector {
    private static final LabelSelector EVERYTHING = new LabelSelector(Map.of(), List.of(), false);

    private final Map<String, String> matchLabels;
    private final List<LabelRequirement> matchExpressions;
    private final boolean ofAnyValues;
    /**
     * Sorted by key; for one key, the pair of matchLabels precedes the expressions in their order.
     */
    private final Term[] terms;

    private LabelSelector(Map<String, String> labels, List<LabelRequirement> expressions, boolean ofAnyValues) {
        this.matchLabels = Collections.unmodifiableMap(new TreeMap<>(labels));
        this.matchExpressions = List.copyOf(expressions);
        this.ofAnyValues = ofAnyValues;
        List<Term> all = new ArrayList<>();
        matchLabels.forEach((key, value) -> all.add(Term.pair(key, value)));
        matchExpressions.forEach(requirement -> all.add(Term.expression(requirement)));
        all.sort(Comparator.comparing(Term::key));
        this.terms = all.toArray(Term[]::new);
    }

    /** {@return the empty selector, which matches everything} */
    public static LabelSelector everything() {
        return EVERYTHING;
    }

    /**
     * {@return a selector of pairs and requirements}
     *
     * @param matchLabels the pairs; copied
     * @param matchExpressions the requirements; copied
     * @throws InvalidPoolException with every pair that is not a valid label
     */
    public static LabelSelector of(Map<String, String> matchLabels, Collection<LabelRequirement> matchExpressions) {
        requireNonNull(matchLabels, "matchLabels");
        requireNonNull(matchExpressions, "matchExpressions");
        Builder builder = builder().matchLabels(matchLabels);
        for (LabelRequirement requirement : matchExpressions) {
            builder.matchExpression(requirement.key(), requirement.operator().text(), requirement.values());
        }
        return builder.build();
    }

    /**
     * {@return a selector of pairs}
     *
     * @param matchLabels the pairs; copied
     */
    public static LabelSelector of(Map<String, String> matchLabels) {
        requireNonNull(matchLabels, "matchLabels");
        return of(matchLabels, List.of());
    }

    /** {@return a builder that accepts the contents of a document, valid or not} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the pairs, by key} */
    public Map<String, String> matchLabels() {
        return matchLabels;
    }

    /** {@return the requirements, in the given order} */
    public List<LabelRequirement> matchExpressions() {
        return matchExpressions;
    }

    /** {@return whether there is neither a pair nor a requirement, so that everything matches} */
    public boolean isEmpty() {
        return terms.length == 0;
    }

    /**
     * {@return whether these labels meet every requirement}
     *
     * @param labels the labels
     */
    public boolean matches(Map<String, String> labels) {
        requireNonNull(labels, "labels");
        for (Term term : terms) {
            if (!term.isMetBy(labels)) {
                return false;
            }
        }
        return true;
    }

    /**
     * {@return whether the labels meet every requirement; an absent selector matches nothing}
     *
     * @param selector the selector; null for an absent one
     * @param labels the labels
     */
    public static boolean presentAndMatches(@Nullable LabelSelector selector, Map<String, String> labels) {
        requireNonNull(labels, "labels");
        return selector != null && selector.matches(labels);
    }

    /**
     * {@return the first requirement, by key, that these labels do not meet; a pair counts as
     * {@code In} with one value}
     *
     * @param labels the labels
     */
    public Optional<LabelRequirement> firstUnmet(Map<String, String> labels) {
        requireNonNull(labels, "labels");
        for (Term term : terms) {
            if (!term.isMetBy(labels)) {
                return Optional.of(term.requirement());
            }
        }
        return Optional.empty();
    }

    /** Whether the other object has equal pairs, and equal requirements in the same order. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LabelSelector that
                && matchLabels.equals(that.matchLabels)
                && matchExpressions.equals(that.matchExpressions);
    }

    @Override
    public int hashCode() {
        return 31 * matchLabels.hashCode() + matchExpressions.hashCode();
    }

    /**
     * The canonical text, by key: {@code app=web,tier in (back,front),!zone}; empty for the empty
     * selector.
     */
    @Override
    public String toString() {
        return java.util.Arrays.stream(terms).map(Term::toString).collect(Collectors.joining(","));
    }

    /** One compiled condition; that of a pair of matchLabels has one value. */
    private record Term(LabelRequirement requirement, Set<String> values, boolean isPair) {
        static Term pair(String key, String value) {
            LabelRequirement requirement = new LabelRequirement(key, LabelRequirement.Operator.IN, List.of(value));
            return new Term(requirement, Set.of(value), true);
        }

        static Term expression(LabelRequirement requirement) {
            return new Term(requirement, Set.copyOf(requirement.values()), false);
        }

        String key() {
            return requirement.key();
        }

        boolean isMetBy(Map<String, String> labels) {
            String value = labels.get(key());
            return switch (requirement.operator()) {
                case IN -> value != null && values.contains(value);
                case NOT_IN -> value == null || !values.contains(value);
                case EXISTS -> value != null;
                case DOES_NOT_EXIST -> value == null;
            };
        }

        @Override
        public String toString() {
            return isPair ? key() + "=" + requirement.values().get(0) : requirement.toString();
        }
    }

    /**
     * Collects the contents of a selector, valid or not. {@link #problems()} lists all problems,
     * and {@link #build()} throws them. The paths are relative to the selector: prefix them with
     * {@code spec.podAffinity} by {@link Problem#withWhere}. Thread safety: none.
     */
    public static final class Builder {
        private final TreeMap<String, String> labels = new TreeMap<>();
        private final List<RawExpression> expressions = new ArrayList<>();
        private boolean anyValues;

        private Builder() {}

        private record RawExpression(String key, String operator, List<String> values) {}

        /**
         * Adds a pair, which replaces one with the same key.
         *
         * @param key the label's key
         * @param value the value
         * @return this builder
         */
        public Builder matchLabel(String key, String value) {
            labels.put(requireNonNull(key, "key"), requireNonNull(value, "value"));
            return this;
        }

        /**
         * Adds pairs.
         *
         * @param pairs the pairs; copied
         * @return this builder
         */
        public Builder matchLabels(Map<String, String> pairs) {
            requireNonNull(pairs, "pairs").forEach(this::matchLabel);
            return this;
        }

        /**
         * Adds a requirement.
         *
         * @param key the label's key
         * @param operator the text of the operator, for example {@code In}
         * @param values the values; copied
         * @return this builder
         */
        public Builder matchExpression(String key, String operator, Collection<String> values) {
            requireNonNull(key, "key");
            requireNonNull(operator, "operator");
            expressions.add(new RawExpression(key, operator, List.copyOf(requireNonNull(values, "values"))));
            return this;
        }

        /**
         * Accepts any text as the value of a pair. The podAffinity of an auto-created pool contains
         * the name of its application, which may be longer than a label value. Other pools refuse a
         * selector with invalid values.
         *
         * @return this builder
         */
        public Builder anyValues() {
            anyValues = true;
            return this;
        }

        /** {@return all problems: of the pairs by key, then of the requirements in order} */
        public List<Problem> problems() {
            List<Problem> found = new ArrayList<>();
            labels.forEach((key, value) -> checkPair(key, value, anyValues, found));
            for (int i = 0; i < expressions.size(); i++) {
                RawExpression raw = expressions.get(i);
                LabelRequirement.check(raw.key, raw.operator, raw.values, "matchExpressions[" + i + "]", found);
            }
            return List.copyOf(found);
        }

        /**
         * Builds the selector.
         *
         * @throws InvalidPoolException with all {@link #problems()}
         */
        public LabelSelector build() {
            List<Problem> found = problems();
            if (!found.isEmpty()) {
                throw new InvalidPoolException("label selector", found);
            }
            List<LabelRequirement> requirements = new ArrayList<>();
            for (RawExpression raw : expressions) {
                LabelRequirement.Operator operator =
                        LabelRequirement.Operator.ofText(raw.operator).orElseThrow();
                requirements.add(new LabelRequirement(raw.key, operator, raw.values));
            }
            return new LabelSelector(labels, requirements, anyValues);
        }
    }

    /**
     * Adds the problems of invalid values of pairs. Only {@link Builder#anyValues()} permits such
     * values.
     */
    void checkValues(List<Problem> out) {
        if (ofAnyValues) {
            matchLabels.forEach((key, value) -> checkPair(key, value, false, out));
        }
    }

    private static void checkPair(String key, String value, boolean anyValue, List<Problem> out) {
        LabelSyntax.checkKey(key, "matchLabels", out);
        if (!anyValue) {
            LabelSyntax.checkValue(value, "matchLabels", out);
        }
    }
}
