package io.ipam.annotations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hints of refused keys and names: a text that follows them is valid. */
class KeyHintTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ipam.spidernet.io/ippool | {\"ipv4pools\":[\"a\"]} | did you mean \"ipv4\"?",
                "ipam.spidernet.io/ippool | {\"ipv6_pool\":[\"a\"]} | did you mean \"ipv6\"?",
                "ipam.spidernet.io/ippool | {\"interface\":\"eth0\",\"ipv4\":[\"a\"]} | an item of ipam.spidernet.io/ippools has this key: use that annotation",
                "ipam.spidernet.io/ippool | {\"ipv4\":[\"a\"],\"cleangateway\":true} | an item of ipam.spidernet.io/ippools has this key: use that annotation",
                "ipam.spidernet.io/ippool | {\"pools\":[\"a\"]} | remove this one",
                "k8s.v1.cni.cncf.io/networks | [{\"name\":\"kube-system/a\"}] | put the namespace into the key \"namespace\"",
            })
    void hint_refusedKeyOrName_leadsToAValidText(String annotation, String text, String hint) {
        InvalidAnnotationException refused = assertThrows(
                InvalidAnnotationException.class,
                () -> AnnotationReader.strict().read(Map.of(annotation, text), Map.of()));
        assertEquals(hint, refused.problems().get(0).hint());
    }
}
