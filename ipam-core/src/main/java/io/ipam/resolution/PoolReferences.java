package io.ipam.resolution;

import io.ipam.address.Family;
import io.ipam.pool.InvalidPatternException;
import io.ipam.pool.PatternSearch;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.PoolNamePattern;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The references of one request. Interfaces that name the same pools share one reference, so that
 * patterns are compiled and matched once. Thread safety: none.
 */
final class PoolReferences {
    private final ResolverSettings settings;
    private final PoolCatalog catalog;
    private final PatternSearch search;
    private final EnumMap<Family, PoolReference> defaults = new EnumMap<>(Family.class);
    private final EnumMap<Family, PoolReference.Named> latest = new EnumMap<>(Family.class);
    private final EnumMap<Family, Map<List<String>, PoolReference.Named>> byTexts = new EnumMap<>(Family.class);

    PoolReferences(ResolverSettings settings, PoolCatalog catalog) {
        this.settings = settings;
        this.catalog = catalog;
        this.search = PatternSearch.of(catalog, settings.maxPatternSteps());
    }

    /** The default pools of a family. */
    PoolReference defaults(Family family) {
        return defaults.computeIfAbsent(family, key -> new PoolReference.Defaults(catalog, key));
    }

    /** Names only: their characters are not interpreted as patterns. */
    PoolReference literal(Family family, List<String> names) {
        return new PoolReference.Named(catalog, family, names, List.of(), List.of(), search);
    }

    /** Names and patterns, at least one. */
    PoolReference of(Family family, List<String> texts) {
        PoolReference.Named last = latest.get(family);
        if (last != null && last.texts() == texts) {
            return last;
        }
        PoolReference.Named found = last == null
                ? read(family, texts)
                : byTexts.computeIfAbsent(family, key -> new HashMap<>())
                        .computeIfAbsent(texts, list -> list.equals(last.texts()) ? last : read(family, list));
        latest.put(family, found);
        return found;
    }

    /**
     * The problem of patterns that exceed the number of steps in the settings; null if they do not.
     */
    @Nullable
    Problem excess() {
        return search.isExhausted()
                ? Problem.of(
                        ProblemType.FORBIDDEN,
                        "pool patterns",
                        "",
                        "the patterns of a request must be matched within " + settings.maxPatternSteps() + " steps",
                        "use fewer or simpler patterns, or raise maxPatternSteps in the resolver's settings")
                : null;
    }

    private PoolReference.Named read(Family family, List<String> texts) {
        if (texts.stream().noneMatch(PoolNamePattern::isPattern)) {
            return new PoolReference.Named(catalog, family, texts, List.of(), List.of(), search);
        }
        List<@Nullable PoolNamePattern> patterns = new ArrayList<>(texts.size());
        List<Problem> problems = new ArrayList<>();
        for (int index = 0; index < texts.size(); index++) {
            String text = texts.get(index);
            patterns.add(PoolNamePattern.isPattern(text) ? compile(text, "[" + index + "]", problems) : null);
        }
        return new PoolReference.Named(catalog, family, texts, patterns, List.copyOf(problems), search);
    }

    private @Nullable PoolNamePattern compile(String text, String where, List<Problem> problems) {
        if (text.length() > settings.maxPatternLength()) {
            problems.add(Problem.of(
                    ProblemType.FORBIDDEN,
                    where,
                    text,
                    "a pattern must have at most " + settings.maxPatternLength() + " characters, this one has "
                            + text.length(),
                    "shorten it, or raise maxPatternLength in the resolver's settings"));
            return null;
        }
        try {
            return PoolNamePattern.parse(text);
        } catch (InvalidPatternException refused) {
            refused.problems().forEach(problem -> problems.add(problem.withWhere(where)));
            return null;
        }
    }
}
