package io.splitio;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The size budget of docs/design.md, for the main sources of all modules. */
class SizeBudgetTest {
  private static final int FILE_LINES = 400;
  private static final int METHOD_LINES = 40;
  private static final int PARAMETERS = 5;
  private static final int IMPORTS = 25;
  private static final int TYPES_PER_PACKAGE = 20;

  /** The getTreatment family: forty-eight one-line methods each, which belong together. */
  private static final Set<String> LONG_FILES = Set.of("SplitClient.java", "AsyncSplitClient.java");

  private static final List<Path> SOURCES = sources();

  @Test
  void filesAreShort() {
    assertThat(SOURCES)
        .allSatisfy(
            file ->
                assertThat(
                        LONG_FILES.contains(file.getFileName().toString())
                            || lines(file) <= FILE_LINES)
                    .as("%s has %d lines", file, lines(file))
                    .isTrue());
  }

  @Test
  void packagesAreSmall() {
    Map<Path, Long> sizes =
        SOURCES.stream()
            .filter(file -> !file.endsWith("package-info.java"))
            .collect(groupingBy(Path::getParent, counting()));
    assertThat(sizes)
        .allSatisfy((folder, types) -> assertThat(types).isLessThanOrEqualTo(TYPES_PER_PACKAGE));
  }

  @Test
  void methodsAreShortTakeFewParametersAndFilesImportLittle() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> excesses = new ArrayList<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(SOURCES));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        new Budget(unit, positions, excesses).check();
      }
    }
    assertThat(excesses).isEmpty();
  }

  /** Measures one file. */
  private static final class Budget extends TreeScanner<@Nullable Void, Boolean> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<String> excesses;

    private Budget(CompilationUnitTree unit, SourcePositions positions, List<String> excesses) {
      this.unit = unit;
      this.positions = positions;
      this.excesses = excesses;
    }

    private void check() {
      if (unit.getImports().size() > IMPORTS) {
        excesses.add(
            unit.getSourceFile().getName() + " has " + unit.getImports().size() + " imports");
      }
      scan(unit, false);
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, Boolean inRecord) {
      return super.visitClass(type, type.getKind() == Tree.Kind.RECORD);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, Boolean inRecord) {
      boolean constructor = method.getName().contentEquals("<init>");
      if (method.getParameters().size() > PARAMETERS && !(inRecord && constructor)) {
        excess(method, method.getParameters().size() + " parameters");
      }
      LineMap map = unit.getLineMap();
      long first = map.getLineNumber(positions.getStartPosition(unit, method));
      long lines = map.getLineNumber(positions.getEndPosition(unit, method)) - first + 1;
      if (lines > METHOD_LINES) {
        excess(method, lines + " lines");
      }
      return super.visitMethod(method, inRecord);
    }

    private void excess(MethodTree method, String what) {
      excesses.add(unit.getSourceFile().getName() + ": " + method.getName() + " has " + what);
    }
  }

  private static List<Path> sources() {
    try (Stream<Path> modules = Files.list(Path.of("..").toAbsolutePath().normalize())) {
      return modules
          .map(module -> module.resolve("src/main/java"))
          .filter(Files::isDirectory)
          .flatMap(SizeBudgetTest::javaFiles)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> javaFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
