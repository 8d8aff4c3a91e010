package io.ipam.documents;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Any text is a document, holders, or a state, or causes the documented exception. Values that were
 * read are written and read back. Without {@code -Pfuzz} only the seeds run:
 *
 * <pre>mvn -Pfuzz test -pl ipam-annotations -am -Dtest=DocumentFuzzTest</pre>
 */
class DocumentFuzzTest {
    private static final int LONGEST = 1024;

    @FuzzTest(maxDuration = "", maxExecutions = 1_000_000)
    void read_anyText_returnsOrThrowsDocumentedException(FuzzedDataProvider data) {
        int form = data.consumeInt(0, 2);
        String text = data.consumeString(LONGEST);
        try {
            switch (form) {
                case 0 -> {
                    Documents read = DocumentReader.strict().read(text);
                    assertEquals(read, DocumentReader.strict().read(read.toJson()));
                    assertEquals(read, DocumentReader.compatible().read(text));
                }
                case 1 -> {
                    AllocatedIps read = AllocatedIps.parse(text);
                    assertEquals(read, read.toJson().map(AllocatedIps::parse).orElse(read));
                }
                default ->
                    assertEquals(StateText.parse(text), StateText.parse(StateText.format(StateText.parse(text))));
            }
        } catch (InvalidDocumentException refused) {
            assertEquals(false, refused.problems().isEmpty());
        }
    }
}
