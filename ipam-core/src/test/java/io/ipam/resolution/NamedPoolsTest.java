package io.ipam.resolution;

import static io.ipam.fixture.Pools.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Family;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each name is used once, regardless of how often it occurs and whether its pool serves. */
class NamedPoolsTest {
    /** Of three pools one may serve, one is disabled, and one does not exist. */
    private static Pool[] pools(int n) {
        return IntStream.range(0, n)
                .filter(i -> i % 3 != 2)
                .mapToObj(i -> v4("p" + i, i).toBuilder().disabled(i % 3 == 1).build())
                .toArray(Pool[]::new);
    }

    private static List<String> names(int n, int... remainders) {
        return IntStream.range(0, n)
                .filter(i -> IntStream.of(remainders).anyMatch(remainder -> i % 3 == remainder))
                .mapToObj(i -> "p" + i)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 11, 12, 13, 14, 40})
    void names_repeated_firstIsUsed(int n) {
        List<String> all = names(n, 0, 1, 2);
        String[] twice = Stream.concat(all.stream(), all.stream()).toArray(String[]::new);
        DemandResolution demand =
                Requests.resolve(Requests.pod(twice), pools(n)).demands().get(0);
        assertEquals(names(n, 0), Requests.candidates(demand));
        assertEquals(names(n, 1, 2), Requests.rejected(demand));
        List<Note> expected = new ArrayList<>();
        all.forEach(name -> expected.add(new Note.NamedTwice(List.of(name), name)));
        assertEquals(expected, demand.notes());
    }

    /** It is a mistake in the request, not the name of a missing pool. */
    @Test
    void names_malformedPattern_namesNoPool() {
        Resolution resolution = Requests.resolve(Requests.pod("[p*", "p0"), pools(1));
        assertFalse(resolution.servable());
        assertEquals(1, resolution.problems().size());
        assertEquals(List.of(), resolution.demands().get(0).rejections());
        assertEquals(List.of("p0"), Requests.candidates(resolution.demands().get(0)));
    }

    @Test
    void resolve_sourceNamesADisabledFamily_hintNamesTheLabelOfThatFamily() {
        Source.Label label = new Source.Label("defaults-" + Source.Label.FAMILY, "");
        PoolSelections six = PoolSelections.none()
                .withNamespaceDefaults(PoolNames.of(Family.IPV6, "six"))
                .withLabels(Map.of(Source.NAMESPACE, label));
        Resolution resolution = PoolResolver.of(ResolverSettings.defaults().withEnabledFamilies(Set.of(Family.IPV4)))
                .resolve(Requests.cart(), six, PoolCatalog.EMPTY, UsageView.none());
        String hint = resolution.problems().get(0).hint();
        assertTrue(hint.contains("defaults-6") && !hint.contains("defaults-4"), hint);
    }
}
