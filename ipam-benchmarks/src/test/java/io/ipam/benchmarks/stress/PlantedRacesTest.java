package io.ipam.benchmarks.stress;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** jcstress finds each planted bug: its outcome occurs. */
@Tag("stress")
class PlantedRacesTest {
    private static final Pattern SEEN = Pattern.compile("\\s[1-9][0-9,]*\\s+\\S+\\s+Interesting\\s+planted");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PlantedDoubleHandOut",
                "PlantedFalseExhausted",
                "PlantedWithoutLock",
                "PlantedAllocateThenUndo",
                "PlantedFallbackAlone",
                "PlantedReleaseWithoutGuard",
                "PlantedExportInParts"
            })
    void race_plantedBug_showsForbiddenOutcome(String race, @TempDir Path folder)
            throws IOException, InterruptedException {
        Process jcstress = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.openjdk.jcstress.Main",
                        "-m",
                        "quick",
                        "-v",
                        "-t",
                        race + "$",
                        "-r",
                        "report"))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(jcstress.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jcstress.waitFor();
        assertTrue(SEEN.matcher(output).find(), output);
    }
}
