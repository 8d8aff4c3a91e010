package io.ipam.annotations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.ReadingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Any text for any annotation results in selections or the documented exception. COMPATIBLE reads
 * each text that STRICT accepts in the same way, and written texts are read back. Without {@code
 * -Pfuzz} only the seeds run. Ten million inputs, an hour on one core:
 *
 * <pre>mvn -Pfuzz test -pl ipam-annotations -am -Dtest=AnnotationFuzzTest
 * -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
class AnnotationFuzzTest {
    /** Longer texts are slower and find nothing more; HostileTextTest has huge ones. */
    private static final int LONGEST = 512;

    private static final List<String> KEYS =
            Examples.VALID.stream().map(Examples.Example::key).distinct().toList();

    @FuzzTest(maxDuration = "", maxExecutions = 10_000_000)
    void read_anyText_returnsOrThrowsDocumentedException(FuzzedDataProvider data) {
        String key = data.pickValue(KEYS);
        String text = data.consumeString(LONGEST);
        PoolSelections strict = read(key, text, ReadingMode.STRICT);
        PoolSelections compatible = read(key, text, ReadingMode.COMPATIBLE);
        if (strict != null) {
            assertEquals(strict.withMode(ReadingMode.COMPATIBLE), compatible);
        }
        // A plugin of another IPAM requests nothing, and no text of the writer states that.
        if (strict != null && !strict.interfaces().isEmpty()) {
            AnnotationTexts texts = AnnotationWriter.write(strict);
            assertEquals(strict, AnnotationReader.strict().read(texts.pod(), texts.namespace(), texts.cni()));
        }
    }

    private static @Nullable PoolSelections read(String key, String text, ReadingMode mode) {
        try {
            return Examples.read(key, text, mode);
        } catch (InvalidAnnotationException refused) {
            return null;
        }
    }
}
