package io.ipam.documents;

import io.ipam.json.JsonKeys;
import io.ipam.json.JsonPath;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.math.BigInteger;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One object of a tree, read field by field with the type that each field must have. Problems are
 * collected, and reading continues as if the field were absent. A null is an absent field. Only
 * requested fields are visited, so a tree may contain itself. {@link Budget} bounds the total
 * amount that is read.
 *
 * <p>Thread safety: none.
 */
final class DocumentFields {
    private final String path;
    private final Map<?, ?> tree;
    private final Budget budget;
    private final ProblemLog problems;
    private final Set<String> known = new HashSet<>();

    private DocumentFields(String path, Map<?, ?> tree, Budget budget, ProblemLog problems) {
        this.path = path;
        this.tree = tree;
        this.budget = budget;
        this.problems = problems;
    }

    /** The whole document. */
    static DocumentFields of(Map<?, ?> tree, Budget budget, ProblemLog problems) {
        return new DocumentFields("", tree, budget, problems);
    }

    /** These fields, with their problems collected elsewhere. */
    DocumentFields collectingIn(ProblemLog other) {
        return new DocumentFields(path, tree, budget, other);
    }

    /** These fields, with their problems discarded. */
    DocumentFields quietly() {
        return collectingIn(new ProblemLog());
    }

    /**
     * Adds problems of this object, with paths relative to it, except those of fields that already
     * have a problem.
     */
    void addUntold(List<Problem> more) {
        Set<String> told = new HashSet<>();
        problems.first().forEach(problem -> told.add(problem.where()));
        for (Problem problem : more) {
            Problem here = problem.withWhere(path);
            if (!told.contains(here.where())) {
                problems.add(here);
            }
        }
    }

    /**
     * The problems of a definition. If {@code spec.ipVersion} is absent, the problem that the
     * family is unknown is omitted, because that of {@code spec.subnet} suffices.
     */
    List<Problem> withoutDerived(List<Problem> found) {
        boolean stated =
                quietly().object("spec").filter(spec -> spec.has("ipVersion")).isPresent();
        return found.stream()
                .filter(problem -> stated
                        || problem.type() != ProblemType.INVALID
                        || !problem.where().equals("spec.ipVersion"))
                .toList();
    }

    /** The path of this object; empty for the whole document. */
    String path() {
        return path;
    }

    /** The path of a field of this object. */
    String at(String key) {
        return JsonPath.member(path, key);
    }

    /** Whether the field is present and not null. */
    boolean has(String key) {
        return value(key) != null;
    }

    /** A text. */
    Optional<String> text(String key) {
        Object value = value(key);
        if (value == null) {
            return Optional.empty();
        }
        return textOf(at(key), value);
    }

    /** A required text. */
    Optional<String> requiredText(String key) {
        if (!has(key)) {
            problems.add(Problem.of(ProblemType.REQUIRED, at(key), "", "is required"));
        }
        return text(key);
    }

    /** A boolean. */
    Optional<Boolean> flag(String key) {
        Object value = value(key);
        if (value == null || value instanceof Boolean) {
            return Optional.ofNullable((Boolean) value);
        }
        wrong(at(key), value, "must be true or false");
        return Optional.empty();
    }

    /** A whole number of any size. */
    Optional<BigInteger> wholeNumber(String key) {
        Object value = value(key);
        if (value == null) {
            return Optional.empty();
        }
        Optional<BigInteger> number = wholeNumberOf(value);
        if (number.isEmpty()) {
            wrong(at(key), value, "must be a whole number");
        }
        return number;
    }

    /** The number of a family. A number that is not an int is not a family. */
    Optional<Integer> familyNumber() {
        Optional<BigInteger> number = wholeNumber("ipVersion");
        if (number.filter(found -> found.bitLength() >= Integer.SIZE).isPresent()) {
            wrong(at("ipVersion"), number.get(), "must be 4 or 6");
            return Optional.empty();
        }
        return number.map(BigInteger::intValue);
    }

    /** A whole number of at least 0. */
    Optional<BigInteger> count(String key) {
        Optional<BigInteger> number = wholeNumber(key);
        if (number.filter(found -> found.signum() < 0).isPresent()) {
            wrong(at(key), number.get(), "must be 0 or more");
            return Optional.empty();
        }
        return number;
    }

    /** A point in time as text; YAML libraries also represent it as an object. */
    Optional<String> time(String key) {
        Object value = value(key);
        if (value instanceof Date date) {
            return Optional.of(date.toInstant().toString());
        }
        return value instanceof TemporalAccessor ? Optional.of(value.toString()) : text(key);
    }

    /**
     * A list of texts; empty if absent. An element that is not a text is a problem and becomes the
     * empty text.
     */
    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (Object element : elements(key)) {
            if (element instanceof String text) {
                budget.spend(text);
                texts.add(text);
            } else {
                texts.add(textOf(at(key) + "[" + texts.size() + "]", element).orElse(""));
            }
        }
        return texts;
    }

    /** Texts by name, in the order of the document; empty if absent. */
    Map<String, String> textsByName(String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        Optional<DocumentFields> fields = object(key);
        if (fields.isEmpty()) {
            return texts;
        }
        DocumentFields object = fields.get();
        object.tree.forEach((name, value) -> {
            budget.spend(name);
            if (name instanceof String text) {
                textOf(object.at(text), value).ifPresent(known -> texts.put(text, known));
            } else {
                wrong(object.path, name, "every key must be a text");
            }
        });
        return texts;
    }

    /** An object. */
    Optional<DocumentFields> object(String key) {
        Object value = value(key);
        return value == null ? Optional.empty() : objectOf(at(key), value);
    }

    /** The objects of a list, one after the other; none if absent. */
    void forEachObject(String key, Consumer<DocumentFields> action) {
        int index = 0;
        for (Object element : elements(key)) {
            objectOf(at(key) + "[" + index++ + "]", element).ifPresent(action);
        }
    }

    /** Marks known fields that are not used here. */
    DocumentFields ignoring(Collection<String> keys) {
        known.addAll(keys);
        return this;
    }

    /** Reports every field that was not read. */
    void refuseUnknown() {
        refuseUnknown("");
    }

    /** Reports every field with a prefix that was not read. */
    void refuseUnknown(String prefix) {
        JsonKeys keys = JsonKeys.of(known.stream().sorted().toArray(String[]::new));
        for (Object key : tree.keySet()) {
            String text = key instanceof String name ? name : describe(key);
            if (!(key instanceof String && known.contains(key)) && text.startsWith(prefix)) {
                String hint = keys.nearest(text)
                        .map(name -> "did you mean " + name + "?")
                        .orElse("");
                String rule = "is not a known field";
                problems.add(Problem.of(ProblemType.NOT_SUPPORTED, at(text), text, rule, hint));
            }
        }
    }

    private @Nullable Object value(String key) {
        known.add(key);
        return tree.get(key);
    }

    private List<?> elements(String key) {
        Object value = value(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        wrong(at(key), value, "must be a list");
        return List.of();
    }

    private Optional<DocumentFields> objectOf(String where, @Nullable Object value) {
        budget.spend(value);
        if (value instanceof Map<?, ?> map) {
            return Optional.of(new DocumentFields(where, map, budget, problems));
        }
        wrong(where, value, "must be an object");
        return Optional.empty();
    }

    private Optional<String> textOf(String where, @Nullable Object value) {
        budget.spend(value);
        if (value instanceof String text) {
            return Optional.of(text);
        }
        wrong(where, value, "must be a text");
        return Optional.empty();
    }

    private void wrong(String where, @Nullable Object value, String rule) {
        problems.add(Problem.of(ProblemType.INVALID, where, describe(value), rule));
    }

    /**
     * The value of any integer type. Some clients read every number as a double, so a double
     * without a fraction is accepted up to 2^53. Otherwise empty.
     */
    private static Optional<BigInteger> wholeNumberOf(Object value) {
        if (value instanceof BigInteger number) {
            return Optional.of(number);
        }
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            return Optional.of(BigInteger.valueOf(((Number) value).longValue()));
        }
        double number = value instanceof Number other ? other.doubleValue() : Double.NaN;
        return number == Math.rint(number) && Math.abs(number) <= (1L << 53)
                ? Optional.of(BigInteger.valueOf((long) number))
                : Optional.empty();
    }

    /** A value in a message. A value that could be large or contain itself is only named. */
    static String describe(@Nullable Object value) {
        if (value instanceof Map) {
            return "an object";
        }
        if (value instanceof List) {
            return "a list";
        }
        if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean) {
            return String.valueOf(value);
        }
        return "a " + value.getClass().getSimpleName();
    }
}
