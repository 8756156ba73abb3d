package io.splitio.backend.split.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.splitio.backend.split.keep.Entry.Kind;
import io.splitio.backend.split.keep.KeptFile.Found;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The layout of the file, and what of a damaged one is believed. */
class KeptFileTest {
  @TempDir private Path folder;

  private Path path() {
    return folder.resolve("flags");
  }

  private KeptFile file() {
    return new KeptFile(path(), Writing.OWNER, 10_000);
  }

  private static Entry entry(String name, String document) {
    return Entry.of(Kind.SEGMENT, name, 7, document.getBytes(StandardCharsets.UTF_8));
  }

  private void written(Entry... entries) throws IOException {
    try (KeptFile file = file()) {
      assertThat(file.open()).isTrue();
      for (Entry entry : entries) {
        file.add(entry);
      }
    }
  }

  private void threeEntries() throws IOException {
    written(entry("one", "first"), Entry.COMPLETE, entry("two", "second"), entry("", ""));
  }

  private Found read(List<String> into) throws IOException {
    into.clear();
    return file()
        .read(
            entry ->
                into.add(
                    entry.kind()
                        + " "
                        + entry.name()
                        + " "
                        + entry.version()
                        + " "
                        + new String(entry.document(), StandardCharsets.UTF_8)));
  }

  @Test
  void whatWasWrittenIsReadInOrder() throws IOException {
    threeEntries();
    List<String> read = new ArrayList<>();
    assertThat(read(read)).isEqualTo(Found.WHOLE);
    assertThat(read)
        .containsExactly(
            "SEGMENT one 7 first", "COMPLETE  0 ", "SEGMENT two 7 second", "SEGMENT  7 ");
  }

  @Test
  void anEntryInPiecesIsWrittenAsOne() throws IOException {
    List<byte[]> pieces = List.of("fir".getBytes(StandardCharsets.UTF_8), new byte[] {'s', 't'});
    written(new Entry(Kind.SEGMENT, "one", 7, pieces), Entry.COMPLETE);
    List<String> read = new ArrayList<>();
    read(read);
    assertThat(read).contains("SEGMENT one 7 first");
  }

  @Test
  void theLayoutIsTheOneOfVersionOne() throws IOException {
    written(entry("ab", "xyz"), Entry.COMPLETE);
    byte[] bytes = Files.readAllBytes(path());
    assertThat(new String(bytes, 0, 19, StandardCharsets.US_ASCII))
        .isEqualTo("splitio snapshot 1\n");
    assertThat(Arrays.copyOfRange(bytes, 51, 51 + 17 + 5))
        .containsExactly(
            1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 7, 'a', 'b', 'x', 'y', 'z');
    assertThat(bytes).hasSize(51 + 17 + 5 + 32 + 17 + 32);
  }

  @Test
  void anIncompleteFileDoesNotTakeThePlaceOfAnything() throws IOException {
    threeEntries();
    byte[] before = Files.readAllBytes(path());
    written(entry("other", "begun"));
    assertThat(Files.readAllBytes(path())).isEqualTo(before);
    assertThat(folder.toFile().list()).containsExactly("flags");
  }

  @Test
  void aTruncatedFileIsBelievedUpToItsLastWholeEntryIfThatIsACompleteSet() throws IOException {
    threeEntries();
    byte[] whole = Files.readAllBytes(path());
    List<String> all = new ArrayList<>();
    read(all);
    int first = 51 + 17 + 3 + 5 + 32;
    for (int length = 0; length < whole.length; length++) {
      Files.write(path(), Arrays.copyOf(whole, length));
      List<String> some = new ArrayList<>();
      Found found = read(some);
      Found incomplete = length < 51 ? Found.ANOTHERS : Found.INCOMPLETE;
      boolean hasSet = length >= first + 17 + 32;
      assertThat(found == Found.WHOLE || found == Found.DAMAGED).as("%d", length).isEqualTo(hasSet);
      assertThat(hasSet || found == incomplete).isTrue();
      assertThat(all.subList(0, some.size())).isEqualTo(some);
    }
  }

  @Test
  void aChangedBitEndsWhatIsBelievedBeforeIt() throws IOException {
    threeEntries();
    byte[] whole = Files.readAllBytes(path());
    List<String> all = new ArrayList<>();
    read(all);
    for (int at = 0; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= (byte) (1 << at % 8);
      Files.write(path(), changed);
      List<String> some = new ArrayList<>();
      assertThat(read(some)).as("byte %d", at).isNotEqualTo(Found.WHOLE);
      assertThat(all.subList(0, some.size())).isEqualTo(some);
      assertThat(some.size()).isLessThan(all.size());
    }
  }

  @Test
  void entriesThatWereLeftOutRepeatedOrMovedAreNotBelieved() throws IOException {
    written(Entry.COMPLETE, entry("one", "12345"), entry("two", "67890"));
    byte[] whole = Files.readAllBytes(path());
    byte[] start = Arrays.copyOf(whole, 51 + 49);
    byte[] one = Arrays.copyOfRange(whole, 100, 157);
    byte[] two = Arrays.copyOfRange(whole, 157, 214);
    assertThat(whole).hasSize(214);
    assertThat(joined(start, one, two)).isEqualTo(Found.WHOLE);
    assertThat(joined(start, two)).isEqualTo(Found.DAMAGED);
    assertThat(joined(start, two, one)).isEqualTo(Found.DAMAGED);
    assertThat(joined(start, one, one)).isEqualTo(Found.DAMAGED);
  }

  private Found joined(byte[]... parts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.write(part);
    }
    Files.write(path(), bytes.toByteArray());
    return read(new ArrayList<>());
  }

  @Test
  void onlyItsOwnerOpensAFile() throws IOException {
    threeEntries();
    List<Owner> others =
        List.of(
            Owner.of("another-key", "1.3", List.of()),
            Owner.of("server-side-key-wxyz", "1.1", List.of()),
            Owner.of("server-side-key-wxyz", "1.3", List.of("web")));
    for (Owner other : others) {
      assertThat(new KeptFile(path(), other, 10_000).read(entry -> {})).isEqualTo(Found.ANOTHERS);
    }
    Owner sorted = Owner.of("k", "1.3", List.of("a", "b"));
    assertThat(sorted.marked(Owner.of("k", "1.3", List.of("b", "a")).mark())).isTrue();
  }

  @Test
  void whoKnowsOnlyTheBeginningCannotSealAnEntry() throws IOException {
    threeEntries();
    byte[] theirs = Files.readAllBytes(path());
    Files.delete(path());
    try (KeptFile forged = new KeptFile(path(), Owner.of("guess", "1.3", List.of()), 10_000)) {
      forged.open();
      forged.add(entry("one", "forged"));
      forged.add(Entry.COMPLETE);
    }
    byte[] forged = Files.readAllBytes(path());
    System.arraycopy(theirs, 0, forged, 0, 51);
    Files.write(path(), forged);
    assertThat(read(new ArrayList<>())).isEqualTo(Found.INCOMPLETE);
  }

  @Test
  void aFileThatIsTooLongIsNotRead() throws IOException {
    threeEntries();
    try (RandomAccessFile long_ = new RandomAccessFile(path().toFile(), "rw")) {
      long_.setLength(10_001);
    }
    assertThatThrownBy(() -> read(new ArrayList<>()))
        .isInstanceOf(IOException.class)
        .hasMessage("it has 10001 bytes, more than the allowed 10000");
  }

  @Test
  void aFileDoesNotGrowTooLong() throws IOException {
    try (KeptFile file = new KeptFile(path(), Writing.OWNER, 51 + 17 + 1 + 32)) {
      file.open();
      assertThat(file.hasRoomFor(entry("", "1"))).isTrue();
      assertThat(file.hasRoomFor(entry("", "12"))).isFalse();
    }
  }

  @Test
  void whatAnotherOneHasWrittenMeanwhileIsNotTouched() throws IOException {
    try (KeptFile first = file();
        KeptFile second = file()) {
      assertThat(first.open() && second.open()).isTrue();
      first.add(Entry.COMPLETE);
      second.add(entry("one", "second"));
      second.add(Entry.COMPLETE);
      assertThat(first.open()).isFalse();
      assertThat(second.open()).isTrue();
    }
    List<String> read = new ArrayList<>();
    assertThat(read(read)).isEqualTo(Found.WHOLE);
    assertThat(read).hasSize(2);
  }

  /** What a write left behind that failed, and could not be taken back. */
  @Test
  void whatFollowsAFailedEntryTakesItsPlace() throws IOException {
    try (KeptFile file = file()) {
      file.open();
      file.add(Entry.COMPLETE);
      Files.write(path(), new byte[1_000], StandardOpenOption.APPEND);
      file.add(entry("one", "first"));
    }
    List<String> read = new ArrayList<>();
    assertThat(read(read)).isEqualTo(Found.WHOLE);
    assertThat(read).hasSize(2);
  }

  @Test
  void aFileThatWasLetGoIsContinued() throws IOException {
    try (KeptFile file = file()) {
      file.open();
      file.release();
      assertThat(file.open()).isTrue();
      file.add(entry("one", "first"));
      file.release();
      assertThat(file.open()).isTrue();
      file.add(Entry.COMPLETE);
      file.release();
      assertThat(file.open()).isTrue();
      file.add(entry("two", "second"));
    }
    List<String> read = new ArrayList<>();
    assertThat(read(read)).isEqualTo(Found.WHOLE);
    assertThat(read).hasSize(3);
  }

  @Test
  void aFileThatWasChangedWhileItWasLetGoIsNotContinued() throws IOException {
    try (KeptFile file = file()) {
      file.open();
      file.add(Entry.COMPLETE);
      file.release();
      byte[] bytes = Files.readAllBytes(path());
      bytes[bytes.length - 1] ^= 1;
      Files.write(path(), bytes);
      assertThat(file.open()).isFalse();
      Files.write(path(), Arrays.copyOf(bytes, bytes.length - 1));
      assertThat(file.open()).isFalse();
    }
  }

  @Test
  void aFileThatAnotherOneContinuesIsLeftToIt() throws IOException {
    try (KeptFile file = file();
        FileChannel other = takenUpByAnother(file)) {
      assertThat(other.isOpen()).isTrue();
      assertThat(file.open()).isFalse();
    }
  }

  private FileChannel takenUpByAnother(KeptFile file) throws IOException {
    file.open();
    file.add(Entry.COMPLETE);
    file.release();
    FileChannel other = FileChannel.open(path(), StandardOpenOption.WRITE);
    other.lock();
    return other;
  }

  @Test
  void aFileThatWasRemovedIsNotMadeAgain() throws IOException {
    try (KeptFile file = file()) {
      file.open();
      file.add(Entry.COMPLETE);
      Files.delete(path());
      assertThat(file.open()).isFalse();
    }
  }

  @Test
  void whatAKilledProcessLeftBehindIsRemoved() throws IOException {
    Files.writeString(folder.resolve("flags.8000000000000001.new"), "begun");
    threeEntries();
    assertThat(folder.toFile().list()).containsExactly("flags");
  }

  @Test
  void whatAnotherOneIsWritingIsNotRemovedAndNeitherIsAnythingElse() throws IOException {
    Files.writeString(folder.resolve("flags.new"), "");
    Files.writeString(folder.resolve("flags.800000000000000.new"), "");
    Files.writeString(folder.resolve("flags2.8000000000000001.new"), "");
    try (KeptFile other = file()) {
      other.open();
      threeEntries();
      other.add(entry("one", "another"));
      other.add(Entry.COMPLETE);
    }
    List<String> read = new ArrayList<>();
    read(read);
    assertThat(read).contains("SEGMENT one 7 another");
    assertThat(folder.toFile().list()).hasSize(4);
  }
}
