package io.ipam.annotations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ipam.problem.Problem;
import io.ipam.resolution.InterfaceRequest;
import io.ipam.resolution.ReadingMode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworksAnnotationTest {
    private static String read(String key, String text) {
        List<InterfaceRequest> strict =
                AnnotationReader.strict().read(Map.of(key, text), Map.of()).interfaces();
        assertEquals(
                strict,
                AnnotationReader.compatible().read(Map.of(key, text), Map.of()).interfaces());
        return strict.stream()
                .map(request -> request.name() + "=" + request.attachment().orElse("-"))
                .collect(Collectors.joining(" "));
    }

    private static List<String> problems(String key, String text) {
        return assertThrows(
                        InvalidAnnotationException.class,
                        () -> AnnotationReader.compatible().read(Map.of(key, text), Map.of()))
                .problems()
                .stream()
                .map(problem -> problem.type() + " " + problem.where() + " "
                        + problem.position().column())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                                  | eth0=-
            `  `                                                | eth0=-
            a                                                   | eth0=- net1=a
            ns/a                                                | eth0=- net1=ns/a
            ns/a@x1,b                                           | eth0=- x1=ns/a net2=b
            ` ns / a @ x1 , b `                                 | eth0=- x1=ns/a net2=b
            a@                                                  | eth0=- net1=a
            a,a                                                 | eth0=- net1=a net2=a
            null                                                | eth0=- net1=null
            [a]                                                 | -
            []                                                  | eth0=-
            [{"name":"a"},{"namespace":"n","name":"b","interface":"x"}] | eth0=- net1=a x=n/b
            [{"name":"a","ips":["10.0.0.1/24"],"mac":null,"namespace":null}] | eth0=- net1=a
            """)
    void readsBothForms(String text, String expected) {
        if (expected.equals("-")) {
            assertEquals(1, problems(AnnotationKeys.NETWORKS, text).size());
        } else {
            assertEquals(expected, read(AnnotationKeys.NETWORKS, text));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a/b/c              | INVALID [0] 1
            a@b@c              | INVALID [0] 1
            a,,b               | REQUIRED [1] 3
            a,B                | INVALID [1] 3
            n_s/a              | INVALID [0] 1
            -a                 | INVALID [0] 1
            a@eth0             | DUPLICATE [0] 1
            a@x,b@x            | DUPLICATE [1] 5
            a@net2,b           | DUPLICATE [1] 8
            a@0123456789abcdef | INVALID [0] 1
            a@x y              | INVALID [0] 1
            [{"namespace":"n"}] | REQUIRED [0] 2
            [{"name":"n/a"}]   | INVALID [0] 2
            [{"name":5}]       | INVALID [0].name 10
            [null]             | REQUIRED [0] 2
            ["a"]              | INVALID [0] 2
            {"name":"a"}       | INVALID  1
            "a"                | INVALID  1
            """)
    void refuses(String text, String problem) {
        assertEquals(List.of(problem), problems(AnnotationKeys.NETWORKS, text));
    }

    /**
     * Few networks are compared in place and many are not; both notice an interface joined twice.
     */
    @Test
    void anInterfaceIsJoinedOnceHoweverManyThereAre() {
        StringBuilder text = new StringBuilder("n@x0");
        for (int i = 1; i < 30; i++) {
            assertEquals(
                    i + 1,
                    AnnotationReader.strict()
                            .read(Map.of(AnnotationKeys.NETWORKS, text.toString()), Map.of())
                            .interfaces()
                            .size());
            for (int earlier = 0; earlier < i; earlier++) {
                String problem = "DUPLICATE [" + i + "] " + (text.length() + 2);
                assertEquals(List.of(problem), problems(AnnotationKeys.NETWORKS, text + ",n@x" + earlier));
            }
            text.append(",n@x").append(i);
        }
    }

    @Test
    void theDefaultNetworkIsOne() {
        assertEquals("eth0=ns/a", read(AnnotationKeys.DEFAULT_NETWORK, "ns/a"));
        assertEquals("eth0=a", read(AnnotationKeys.DEFAULT_NETWORK, "a@eth0"));
        assertEquals("eth0=n/a", read(AnnotationKeys.DEFAULT_NETWORK, "[{\"name\":\"a\",\"namespace\":\"n\"}]"));
        assertEquals("eth0=-", read(AnnotationKeys.DEFAULT_NETWORK, ""));
        assertEquals(List.of("INVALID [1] 1"), problems(AnnotationKeys.DEFAULT_NETWORK, "a,b"));
    }

    @Test
    void aMillionMistakesAreNotAMillionProblems() {
        String text = "A,".repeat(400_000);
        InvalidAnnotationException refused = assertThrows(
                InvalidAnnotationException.class,
                () -> AnnotationReader.of(ReadingMode.COMPATIBLE)
                        .read(Map.of(AnnotationKeys.NETWORKS, text), Map.of()));
        assertEquals(50, refused.problems().size());
        Problem first = refused.problems().get(0);
        assertEquals("A", first.offending());
    }
}
