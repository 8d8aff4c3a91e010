package io.ipam.documents;

import io.ipam.json.Expected;
import io.ipam.json.JsonKind;
import io.ipam.json.JsonOptions;
import io.ipam.json.JsonPath;
import io.ipam.json.JsonReader;
import io.ipam.json.JsonResult;
import io.ipam.json.JsonText;
import io.ipam.pool.Pool;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The annotation {@value PoolDocument#STATIC_IPS} of a SpiderIPPool: its static ranges, as JSON.
 *
 * <pre>
 * value = [ range, .. ]                e.g. ["10.6.1.200-10.6.1.250","10.6.1.7"]
 * range = "a" | "a-b"                  as in spec.ips
 * </pre>
 *
 * <p>Both modes read it alike. Limits: those of {@link DocumentReader}. Cost: O(n log n) for n
 * characters. Thread safety: no state.
 */
final class StaticIpsAnnotation {
    private static final JsonOptions OPTIONS =
            JsonOptions.strict(DocumentReader.MAX_LENGTH).withCountOfRest();
    /** Annotations with this prefix are those of ipam. */
    private static final String PREFIX = "ipam.io/";

    private static final String PATH = JsonPath.member("metadata.annotations", PoolDocument.STATIC_IPS);
    /** The path of the static ranges in the problems of a pool. */
    private static final String PATH_IN_POOL = "staticIPs";

    private static final String EXAMPLE = "write [\"10.6.1.200-10.6.1.250\"]";
    private static final Expected LIST =
            Expected.of("the value must be a list of addresses and ranges").otherwise(EXAMPLE);
    private static final Expected RANGE = Expected.of("must be an address or a range, as a string")
            .hint(JsonKind.ARRAY, "write all ranges in one list")
            .otherwise("write \"10.6.1.200-10.6.1.250\"");

    private StaticIpsAnnotation() {}

    /**
     * The texts of the static ranges; none if the value is not a list of texts, which is a problem.
     */
    static List<String> read(DocumentFields annotations, boolean strict, ProblemLog problems) {
        List<String> texts = annotations
                .text(PoolDocument.STATIC_IPS)
                .map(value -> parse(value, annotations.at(PoolDocument.STATIC_IPS), problems))
                .orElse(List.of());
        if (strict) {
            annotations.refuseUnknown(PREFIX);
        }
        return texts;
    }

    private static List<String> parse(String value, String path, ProblemLog problems) {
        JsonResult<List<String>> result = JsonReader.read(value, OPTIONS, StaticIpsAnnotation::texts);
        result.problems().forEach(problem -> problems.add(problem.withWhere(path)));
        List<String> texts = result.value();
        return texts == null || !result.problems().isEmpty() ? List.of() : texts;
    }

    private static List<String> texts(JsonReader in) {
        List<String> texts = new ArrayList<>();
        if (in.isNull()) {
            in.problem(ProblemType.INVALID, "null", LIST.rule(), EXAMPLE);
        } else if (in.beginArray(LIST)) {
            while (in.nextElement()) {
                texts.add(text(in));
            }
        }
        return texts;
    }

    private static String text(JsonReader in) {
        if (in.isNull()) {
            in.problem(ProblemType.INVALID, "null", RANGE.rule(), "remove this element");
        }
        String text = in.string(RANGE);
        return text == null ? "" : text;
    }

    /** The annotations of a pool. */
    static Map<String, String> of(Pool pool) {
        return pool.staticIpTexts().isEmpty()
                ? Map.of()
                : Map.of(PoolDocument.STATIC_IPS, JsonText.of(pool.staticIpTexts()));
    }

    /** A problem of a pool, with the path that it has in the document. */
    static Problem inDocument(Problem problem) {
        return problem.where().startsWith(PATH_IN_POOL)
                ? new Problem(
                        problem.type(),
                        PATH + problem.where().substring(PATH_IN_POOL.length()),
                        problem.position(),
                        problem.offending(),
                        problem.rule(),
                        problem.hint())
                : problem;
    }
}
